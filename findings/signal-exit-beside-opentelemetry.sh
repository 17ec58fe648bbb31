#!/usr/bin/env bash
# signal-exit 4.1.0, @opentelemetry/auto-instrumentations-node 0.78.0 (Node.js 20 or newer)
# Expected: a program whose only interest in SIGTERM is a package that tidies up at the end (signal-exit is below many: progress
#   bars, lock files, prompts) ends at SIGTERM, instrumented or not.
# Seen: the SDK adds a listener of its own that flushes and does not end the process. signal-exit counts the listeners: when there
#   is one more than its own it takes the other for the application's and leaves the end to it. So nobody ends the process: it
#   runs on, without telemetry, until it is killed.
# Found: by asking what else looks at the listeners of a signal, after a server without a handler was seen not to end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts signal-exit@4.1.0 @opentelemetry/api@1.9.1 \
  @opentelemetry/auto-instrumentations-node@0.78.0 >/dev/null
cat >program.js <<'JAVASCRIPT'
const { onExit } = require("signal-exit");
onExit(() => {});
setInterval(() => {}, 1000);
console.log("ready");
JAVASCRIPT

# Says how the program ends within five seconds of SIGTERM.
try() {
  env OTEL_TRACES_EXPORTER=none OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none "$@" node program.js >output &
  local program=$!
  until grep -q ready output 2>/dev/null; do sleep 0.1; done
  kill -TERM $program
  for _ in $(seq 50); do
    kill -0 $program 2>/dev/null || { echo ended; return; }
    sleep 0.1
  done
  kill -KILL $program
  echo "runs on"
}

status=0
check() {
  local seen
  seen=$(try "${@:3}" 2>/dev/null)
  rm -f output
  echo "$1: it $seen"
  [ "$seen" = "$2" ] || { echo "  changed: it $2"; status=1; }
}
check "signal-exit alone" ended
check "signal-exit and the SDK" "runs on" NODE_OPTIONS="--require @opentelemetry/auto-instrumentations-node/register"
exit $status
