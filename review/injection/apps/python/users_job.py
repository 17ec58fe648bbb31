"""Counts requests by the user, ever new ones from export to export."""

import time

from opentelemetry import metrics

requests = metrics.get_meter("shop").create_histogram("http.server.request.duration", unit="s")

for hour in range(6):
    for user in range(1000):
        status = 500 if user % 10 == 0 else 200
        attributes = {"http.request.method": "GET", "http.response.status_code": status}
        requests.record(0.01, {**attributes, "user.id": f"{hour}-{user}"})
    time.sleep(1)
print("done")
