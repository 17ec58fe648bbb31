#!/usr/bin/env bash
# opentelemetry-api 1.43.0 (Python), @opentelemetry/core 2.9.0 (Node.js), go.opentelemetry.io/otel v1.44.0 (Go 1.25 or newer)
# Expected: W3C Baggage percent-encodes values, so a value that one SDK writes is what every other one reads.
# Seen: Python encodes as forms of HTML do: it writes a space as `+` and reads `+` as a space. In the header `+` is itself a character
#   of values. So "Ann Lee" from Python is "Ann+Lee" in Node.js and Go, and "c++" from Go, which writes it as it is, is "c" in Python:
#   the spaces are cut off too. No side reports an error. Only Node.js' own values arrive everywhere, since it escapes both.
# Found: by sending each SDK's header to each other SDK.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @opentelemetry/api@1.9.1 @opentelemetry/core@2.9.0 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check opentelemetry-api==1.43.0
cat >program.py <<'PYTHON'
import sys
from opentelemetry import baggage
from opentelemetry.baggage.propagation import W3CBaggagePropagator

if sys.argv[1] == "write":
    headers = {}
    W3CBaggagePropagator().inject(headers, baggage.set_baggage("k", sys.argv[2]))
    print(headers["baggage"])
else:
    print(baggage.get_baggage("k", W3CBaggagePropagator().extract({"baggage": sys.argv[2]})))
PYTHON
cat >program.js <<'JAVASCRIPT'
const { ROOT_CONTEXT, defaultTextMapGetter, defaultTextMapSetter, propagation } = require("@opentelemetry/api");
const { W3CBaggagePropagator } = require("@opentelemetry/core");

const [verb, value] = process.argv.slice(2);
if (verb === "write") {
  const headers = {};
  const context = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ k: { value } }));
  new W3CBaggagePropagator().inject(context, headers, defaultTextMapSetter);
  console.log(headers.baggage);
} else {
  const context = new W3CBaggagePropagator().extract(ROOT_CONTEXT, { baggage: value }, defaultTextMapGetter);
  console.log(propagation.getBaggage(context).getEntry("k").value);
}
JAVASCRIPT
cat >go.mod <<'GO'
module example.org/baggage

go 1.25

require go.opentelemetry.io/otel v1.44.0
GO
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
)

func main() {
	value := os.Args[2]
	if os.Args[1] == "write" {
		member, err := baggage.NewMemberRaw("k", value)
		if err != nil {
			panic(err)
		}
		all, err := baggage.New(member)
		if err != nil {
			panic(err)
		}
		headers := propagation.MapCarrier{}
		propagation.Baggage{}.Inject(baggage.ContextWithBaggage(context.Background(), all), headers)
		fmt.Println(headers["baggage"])
		return
	}
	ctx := propagation.Baggage{}.Extract(context.Background(), propagation.MapCarrier{"baggage": value})
	fmt.Println(baggage.FromContext(ctx).Member("k").Value())
}
GO
GOFLAGS=-mod=mod go build -o program . 2>build.log || { cat build.log; exit 1; }

Python() { venv/bin/python program.py "$@"; }
Node.js() { node program.js "$@"; }
Go() { ./program "$@"; }
seen=$(for value in "Ann Lee" "c++"; do
  for writer in Python Node.js Go; do
    header=$("$writer" write "$value")
    printf '%s from %s, %s:' "$value" "$writer" "$header"
    for reader in Python Node.js Go; do printf ' %s' "\"$("$reader" read "$header")\""; done
    echo
  done
done)
expected='Ann Lee from Python, k=Ann+Lee: "Ann Lee" "Ann+Lee" "Ann+Lee"
Ann Lee from Node.js, k=Ann%20Lee: "Ann Lee" "Ann Lee" "Ann Lee"
Ann Lee from Go, k=Ann%20Lee: "Ann Lee" "Ann Lee" "Ann Lee"
c++ from Python, k=c%2B%2B: "c++" "c++" "c++"
c++ from Node.js, k=c%2B%2B: "c++" "c++" "c++"
c++ from Go, k=c++: "c" "c++" "c++"'
echo "what Python, Node.js and Go read:"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: it was"; echo "$expected"; exit 1; }
