#!/usr/bin/env bash
# @opentelemetry/resources 2.9.0; opentelemetry-sdk 1.43.0 (Python) beside it
# Expected: OTEL_RESOURCE_ATTRIBUTES has no limit but that of the environment, and an attribute that an SDK does not want costs that
#   attribute.
# Seen: where one value has 256 characters or more, Node.js' SDK leaves out the whole variable and says so at level debug only. The
#   pod's name, its namespace and the instance's id go with it, and nothing that the SDK sends tells two pods apart. Python's SDK takes
#   all of it. The length is counted after percent-decoding. A build's description or a long path is enough, and an instance's id
#   of the form namespace.pod.container may have 381 characters.
# Found: by giving the same variable to both SDKs and comparing what they made of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @opentelemetry/api@1.9.1 @opentelemetry/resources@2.9.0 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check opentelemetry-sdk==1.43.0
cat >program.js <<'JAVASCRIPT'
const { detectResources, envDetector } = require("@opentelemetry/resources");
const { attributes } = detectResources({ detectors: [envDetector] });
console.log(attributes["k8s.pod.name"] ?? "no pod", (attributes.description ?? "").length);
JAVASCRIPT
cat >program.py <<'PYTHON'
from opentelemetry.sdk.resources import Resource
attributes = Resource.create().attributes
print(attributes.get("k8s.pod.name", "no pod"), len(attributes.get("description", "")))
PYTHON

status=0
check() {
  local seen
  seen=$(OTEL_RESOURCE_ATTRIBUTES="k8s.pod.name=shop-1,description=$(printf 'x%.0s' $(seq "$1"))" "${@:3}")
  echo "${3##*/}, a value of $1 characters: $seen"
  [ "$seen" = "$2" ] || { echo "  changed: it was $2"; status=1; }
}
check 255 "shop-1 255" node program.js
check 256 "no pod 0" node program.js
check 256 "shop-1 256" venv/bin/python program.py
exit $status
