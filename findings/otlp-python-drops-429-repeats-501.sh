#!/usr/bin/env bash
# opentelemetry-exporter-otlp-proto-http 1.43.0 (Python), @opentelemetry/exporter-trace-otlp-proto 0.220.0 (Node.js) beside it
# Expected: all SDKs try again where OTLP says so: after 429, 502, 503 and 504, and after no other answer. So a gateway that limits
#   the rate with 429 and Retry-After slows its senders down.
# Seen: Python's exporter drops the batch at 429, at once. It does try again after 408 and every answer from 500 on, 501 (not
#   implemented) and 500 too, of which each attempt keeps the thread that sends. Node.js' exporter does as OTLP says. So behind one
#   gateway, whose limit is reached, the services of one language have gaps and those of the other have none.
# Found: by answering the first attempt with each status in turn, and counting attempts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base@2.9.0 \
  @opentelemetry/exporter-trace-otlp-proto@0.220.0 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check opentelemetry-exporter-otlp-proto-http==1.43.0
cat >program.py <<'PYTHON'
import http.server, logging, threading
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider

logging.disable(logging.CRITICAL)

class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.attempts += 1
        self.send_response(self.server.status if self.server.attempts == 1 else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *_):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
span = TracerProvider().get_tracer("t").start_span("s")
span.end()
again = []
for server.status in (400, 408, 429, 500, 501, 502, 503, 504):
    server.attempts = 0
    OTLPSpanExporter(f"http://127.0.0.1:{server.server_port}/v1/traces").export([span])
    again += [str(server.status)] if server.attempts == 2 else []
print(" ".join(again))
PYTHON
cat >program.js <<'JAVASCRIPT'
const { createServer } = require("http");
const { OTLPTraceExporter } = require("@opentelemetry/exporter-trace-otlp-proto");
const { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } = require("@opentelemetry/sdk-trace-base");

let attempts, status;
const server = createServer((request, response) => {
  request.resume();
  response.writeHead((attempts += 1) === 1 ? status : 200).end();
});
server.listen(0, "127.0.0.1", async () => {
  const memory = new InMemorySpanExporter();
  new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] }).getTracer("t").startSpan("s").end();
  const again = [];
  for (status of [400, 408, 429, 500, 501, 502, 503, 504]) {
    attempts = 0;
    const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${server.address().port}/v1/traces` });
    await new Promise((done) => exporter.export(memory.getFinishedSpans(), done));
    if (attempts === 2) again.push(status);
  }
  console.log(again.join(" "));
  process.exit(0);
});
JAVASCRIPT

status=0
check() {
  local seen
  seen=$("${@:3}")
  echo "$1 tries again after $seen"
  [ "$seen" = "$2" ] || { echo "  changed: it was $2"; status=1; }
}
check Python "408 500 501 502 503 504" venv/bin/python program.py
check Node.js "429 502 503 504" node program.js
exit $status
