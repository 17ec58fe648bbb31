#!/usr/bin/env bash
# fastapi 0.165.0, opentelemetry-distro 0.64b0 and opentelemetry-instrumentation-fastapi 0.64b0 (Python 3.11 or newer)
# Expected: the packages of an application, put before the auto-instrumentation's in PYTHONPATH, only decide which version of a
#   shared package is used; FastAPI has nothing to do with OpenTelemetry.
# Seen: FastAPI depends on opentelemetry-api. `opentelemetry` is a namespace package, so the application's folder gives
#   `opentelemetry.attributes` and the auto-instrumentation's gives `opentelemetry.sdk`. The SDK imports a private name that its
#   own version of the API has and the application's has not, and the whole auto-instrumentation fails with an ImportError. The
#   application goes on without any telemetry.
# Found: by putting an application's own packages first, so that injection does not replace their versions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
pip() { python3 -m pip install --quiet --disable-pip-version-check --target "$@" 2>/dev/null; }
pip "$folder/application" fastapi==0.165.0 opentelemetry-api==1.45.2
pip "$folder/injected" opentelemetry-distro==0.64b0 opentelemetry-instrumentation-fastapi==0.64b0

start_up="$folder/injected/opentelemetry/instrumentation/auto_instrumentation"
# Says whether the auto-instrumentation's start-up came to an SDK.
try() {
  PYTHONPATH=$1 OTEL_TRACES_EXPORTER=none OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none python3 -c '
import fastapi
from opentelemetry import trace
print(type(trace.get_tracer_provider()).__name__)' 2>"$folder/errors"
}

status=0
check() {
  local seen
  seen=$(try "$2")
  echo "$1: the tracer provider is $seen"
  [ "$seen" = "$3" ] || { echo "  changed: it was $3"; status=1; }
}
check "injected packages first" "$start_up:$folder/injected:$folder/application" TracerProvider
check "application's packages first" "$start_up:$folder/application:$folder/injected" ProxyTracerProvider
grep -m 1 "^ImportError: cannot import name" "$folder/errors" | sed "s#$folder#…#" || { echo "  changed: no ImportError"; status=1; }
exit $status
