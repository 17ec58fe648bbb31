#!/usr/bin/env bash
# opentelemetry-distro 0.64b0 and opentelemetry-exporter-otlp-proto-http 1.43.0 (Python 3.10 or newer, Linux)
# Expected: the SDK registers its end with atexit and repairs itself in forked processes, so what a worker of ProcessPoolExecutor or
#   multiprocessing records arrives, at the latest when the worker ends.
# Seen: a forked child of multiprocessing ends by os._exit(), which runs no atexit function. All spans and metrics that it has not
#   yet sent (spans of 5 s, metrics of a minute) are lost without a line. With "forkserver", the default on Linux since Python 3.14,
#   it is the same. With "spawn" the same program's data arrives; but `with` ends a multiprocessing.Pool by SIGTERM to its workers.
# Found: by asking which ways a Python process has to end, and counting spans at each.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check opentelemetry-distro==0.64b0 opentelemetry-exporter-otlp-proto-http==1.43.0
cat >receiver.py <<'PYTHON'
# Starts the program given with the start-up of auto-instrumentation, and counts the work that arrives: spans, and what the counter has.
import gzip, http.server, os, subprocess, sys, threading
from opentelemetry.instrumentation import auto_instrumentation
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

spans, counted = 0, 0

class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        global spans, counted
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        if self.path.endswith("traces"):
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                spans += sum(span.name == "work" for scope in resource.scope_spans for span in scope.spans)
        else:
            for resource in ExportMetricsServiceRequest.FromString(body).resource_metrics:
                metrics = [metric for scope in resource.scope_metrics for metric in scope.metrics if metric.name == "work"]
                counted += sum(point.as_int for metric in metrics for point in metric.sum.data_points)
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
environment = {**os.environ, "PYTHONPATH": os.path.dirname(auto_instrumentation.__file__), "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
    "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{server.server_port}", "OTEL_LOGS_EXPORTER": "none"}
subprocess.run([sys.executable, "program.py", *sys.argv[1:]], env=environment, check=True)
print(spans, counted)
PYTHON
cat >program.py <<'PYTHON'
import multiprocessing, sys
from concurrent.futures import ProcessPoolExecutor
from opentelemetry import metrics, trace

def work(_):
    metrics.get_meter("m").create_counter("work").add(1)
    trace.get_tracer("t").start_span("work").end()

if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    if sys.argv[2] == "Pool":
        with context.Pool(2) as pool:
            pool.map(work, range(4))
    else:
        with ProcessPoolExecutor(2, mp_context=context) as executor:
            list(executor.map(work, range(4)))
PYTHON

status=0
check() {
  local seen
  seen=$(venv/bin/python receiver.py "$1" "$2" 2>errors) || { cat errors; exit 1; }
  echo "$2 by $1: of 4 pieces of work arrived as spans and as a count: $seen"
  [ "$seen" = "$3" ] || { echo "  changed: it was $3"; status=1; }
}
check fork ProcessPoolExecutor "0 0"
check forkserver ProcessPoolExecutor "0 0"
check spawn ProcessPoolExecutor "4 4"
check spawn Pool "0 0"
exit $status
