#!/usr/bin/env bash
# @opentelemetry/instrumentation 0.220.0 with import-in-the-middle 3.6.0 (Node.js 20.6 to 24)
# Expected: a file that NODE_OPTIONS loads by --require runs once in a process, before the application; when it calls
#   module.register() for a loader hook, the hook is there once.
# Seen: module.register() starts a thread for the hooks, and that thread loads the same file again. There isMainThread is false:
#   a file that registers a hook must look at it.
# Found: by registering the hook from a preloaded file, because --experimental-loader prints a warning at every start.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @opentelemetry/instrumentation@0.220.0 @opentelemetry/api@1.9.1 \
  import-in-the-middle@3.6.0 >/dev/null
cat >preload.cjs <<'JAVASCRIPT'
const { isMainThread } = require("worker_threads");
require("fs").writeSync(2, `preload: isMainThread is ${isMainThread}\n`);
if (isMainThread) require("module").register("@opentelemetry/instrumentation/hook.mjs", require("url").pathToFileURL(__filename));
JAVASCRIPT
echo 'console.error("application");' >application.mjs

NODE_OPTIONS="--require ./preload.cjs" node application.mjs 2>seen
cat seen
expected=$'preload: isMainThread is true\npreload: isMainThread is false'
[ "$(grep '^preload' seen)" = "$expected" ] || { echo "changed: it was loaded in both threads"; exit 1; }
