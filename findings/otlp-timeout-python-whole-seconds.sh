#!/usr/bin/env bash
# opentelemetry-exporter-otlp-proto-http 1.34.1, 1.35.0 and 1.43.0 (Python)
# Expected: OTEL_EXPORTER_OTLP_TIMEOUT is a number of milliseconds, as the specification says and as the SDKs of Node.js and Java
#   read it; a value like 1.5 is either refused or read by every version alike.
# Seen: Python reads seconds. Versions before 1.35.0 read whole seconds only: with 1.5 the exporter's constructor raises a
#   ValueError. From 1.35.0 on 1.5 is one and a half seconds. One value in a shared environment so means 2 s for one service and
#   an error for another.
# Found: by looking for a timeout that lets the end of a process wait less, and an application with an older SDK of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"

# Prints what the exporter makes of a value.
try() {
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "opentelemetry-exporter-otlp-proto-http==$1"
  OTEL_EXPORTER_OTLP_TIMEOUT=$2 "$folder/venv/bin/python" -c '
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
try:
    print(OTLPMetricExporter()._timeout)
except ValueError as error:
    print(type(error).__name__)'
}

status=0
check() {
  local seen
  seen=$(try "$1" "$2")
  echo "version $1, OTEL_EXPORTER_OTLP_TIMEOUT=$2: $seen"
  [ "$seen" = "$3" ] || { echo "  changed: it was $3"; status=1; }
}
check 1.34.1 2 2
check 1.34.1 1.5 ValueError
check 1.35.0 1.5 1.5
check 1.43.0 1.5 1.5
exit $status
