#!/usr/bin/env bash
# @pulumi/pulumi 3.270.0, js-yaml 4.3.2 (Node.js 22)
# Expected: pulumi.output(value) is that value later, as its type Output<Date> or Output<Map<…>> says, and a resource's input that
#   the engine has no type for is refused.
# Seen: of every object pulumi.output takes the enumerable properties and makes a plain object of them. A Date, a Map, a Set and a URL
#   become {}, without an error, in an apply as in the inputs of a resource; a bigint too, and an instance of a class loses its
#   methods. js-yaml makes Dates of YAML's timestamps: an object whose annotation is an unquoted date, read by it and
#   registered as a resource, has {} there. Plain JSON.stringify would have kept the date as text.
# Found: by registering what parsers return, and comparing it with what arrived at the (mocked) engine.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @pulumi/pulumi@3.270.0 js-yaml@4.3.2 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >main.cjs <<'JS'
const pulumi = require("@pulumi/pulumi");
const { load } = require("js-yaml");

const arrived = {};
const newResource = ({ name, inputs }) => {
  arrived[name] = JSON.stringify(inputs);
  return { id: name, state: inputs };
};

(async () => {
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs });
  const date = new Date(0);
  const seen = await new Promise((done) => pulumi.output(date).apply(done));
  console.log(`apply: a Date? ${seen instanceof Date}; its properties: ${Object.keys(seen).length}`);

  const yaml = load("annotations:\n  reviewed: 2026-01-31\n  by: ann");
  console.log("JSON of the YAML:", JSON.stringify(yaml));
  const inputs = { yaml, map: { of: new Map([["a", 1]]) }, url: { of: new URL("http://example.org/") }, bigint: { of: 10n } };
  for (const [name, properties] of Object.entries(inputs)) {
    const resource = new pulumi.CustomResource("test:index:Resource", name, properties);
    await new Promise((done) => resource.id.apply(done));
    console.log(`${name}:`, arrived[name]);
  }
})();
JS
seen=$(node main.cjs 2>errors) || { cat errors; exit 1; }
echo "$seen"
expected='apply: a Date? false; its properties: 0
JSON of the YAML: {"annotations":{"reviewed":"2026-01-31T00:00:00.000Z","by":"ann"}}
yaml: {"annotations":{"by":"ann","reviewed":{}}}
map: {"of":{}}
url: {"of":{}}
bigint: {"of":{}}'
[ "$seen" = "$expected" ] || { echo "changed: it was"; echo "$expected"; exit 1; }
