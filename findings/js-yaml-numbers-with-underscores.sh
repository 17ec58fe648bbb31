#!/usr/bin/env bash
# js-yaml 4.3.2, sigs.k8s.io/yaml v1.6.0 (what kubectl, Helm and client-go read YAML with; Go 1.25 or newer)
# Expected: js-yaml writes YAML 1.2 and knows readers of 1.1: a text that they would take for a boolean or a number it puts into
#   quotes, as it does with `on`, `12:30` and `014`. So an object written by it is the same object in the cluster.
# Seen: that holds for booleans and for base 60. Numbers of 1.1 with `_` or with `+.` it writes plain: a label `20_04` is the number
#   2004 there, which no label takes, and where any type goes, as in a chart's values or an open schema of a CRD, another value comes
#   silently: `0_717` is 463, for 0 begins an octal number. Its compatibility (noCompatMode: false) changes nothing of it.
# Found: by writing random short texts with the one and reading them with the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts js-yaml@4.3.2 >/dev/null
cat >go.mod <<'GO'
module example.org/read

go 1.25

require sigs.k8s.io/yaml v1.6.0
GO
cat >main.go <<'GO'
package main

import (
	"fmt"
	"io"
	"os"

	"sigs.k8s.io/yaml"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	json, err := yaml.YAMLToJSON(text)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(json))
}
GO
GOFLAGS=-mod=mod go build -o read . 2>build.log || { cat build.log; exit 1; }
cat >write.js <<'JAVASCRIPT'
const { dump } = require("js-yaml");
process.stdout.write(dump(process.argv.slice(2), { noCompatMode: false }));
JAVASCRIPT
check() {
  local text
  text=$(node write.js "$@")
  echo "written: $(tr '\n' ' ' <<<"$text")"
  echo "read: $(./read <<<"$text")"
}
seen=$(check on 12:30 014 1e3; check 20_04 0_717 1_000 +.5 7e_2)
expected="written: - 'on' - '12:30' - '014' - '1e3' 
read: [\"on\",\"12:30\",\"014\",\"1e3\"]
written: - 20_04 - 0_717 - 1_000 - +.5 - 7e_2 
read: [2004,463,1000,0.5,700]"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: it was"; echo "$expected"; exit 1; }
