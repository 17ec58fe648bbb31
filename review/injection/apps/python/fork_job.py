"""Forks while its own metrics are on their way, as gunicorn does; each process counts one request and ends."""

import os
import sys
import time

from opentelemetry import metrics, trace

requests = metrics.get_meter("shop").create_histogram("http.server.request.duration", unit="s")


def request():
    with trace.get_tracer("shop").start_as_current_span("GET /", kind=trace.SpanKind.SERVER):
        requests.record(0.01)


request()
children = []
# For longer than there is between two exports.
for _ in range(12):
    time.sleep(0.2)
    child = os.fork()
    if child == 0:
        request()
        sys.exit()
    children.append(child)
codes = [os.waitpid(child, 0)[1] for child in children]
print("done" if not any(codes) else codes)
