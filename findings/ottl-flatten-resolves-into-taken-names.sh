#!/usr/bin/env bash
# OpenTelemetry Collector contrib, pkg/ottl v0.158.0: the function `flatten` of the transform processor (Go 1.25 or newer)
# Expected: with resolveConflicts=true, which is there for names that occur twice once a map is flat, every value is kept under some name.
# Seen: the number that is put behind the second name is not looked up. With an attribute `a.0` beside a list `a`, the list's second
#   element gets the name `a.0` and takes the place of what had it. If the attribute comes after the list, all three are kept.
# Found: by masking values with replace_all_patterns on a copy that was made flat, and comparing random maps before and after.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'GO'
module example.org/flat

go 1.25

require (
	github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl v0.158.0
	go.opentelemetry.io/collector/pdata v1.64.0
)
GO
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"sort"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/ottlfuncs"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

func flat(m pcommon.Map) []string {
	get := ottl.StandardPMapGetSetter[pcommon.Map]{
		Getter: func(_ context.Context, m pcommon.Map) (pcommon.Map, error) { return m, nil },
		Setter: func(_ context.Context, m pcommon.Map, val any) error {
			val.(pcommon.Map).CopyTo(m)
			return nil
		},
	}
	arguments := &ottlfuncs.FlattenArguments[pcommon.Map]{Target: get, ResolveConflicts: ottl.NewTestingOptional(true)}
	run, err := ottlfuncs.NewFlattenFactory[pcommon.Map]().CreateFunction(ottl.FunctionContext{}, arguments)
	if err != nil {
		panic(err)
	}
	if _, err := run(context.Background(), m); err != nil {
		panic(err)
	}
	values := []string{}
	for name, value := range m.All() {
		values = append(values, name+"="+value.AsString())
	}
	sort.Strings(values)
	return values
}

func list(m pcommon.Map) {
	elements := m.PutEmptySlice("a")
	elements.AppendEmpty().SetStr("first")
	elements.AppendEmpty().SetStr("second")
}

func main() {
	before, after := pcommon.NewMap(), pcommon.NewMap()
	before.PutStr("a.0", "attribute")
	list(before)
	list(after)
	after.PutStr("a.0", "attribute")
	fmt.Println("attribute before the list:", flat(before))
	fmt.Println("attribute after the list:", flat(after))
}
GO
GOFLAGS=-mod=mod go build -o flat . 2>build.log || { cat build.log; exit 1; }
seen=$(./flat)
expected='attribute before the list: [a.0=second a=first]
attribute after the list: [a.0.0=attribute a.0=second a=first]'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: it was"; echo "$expected"; exit 1; }
