#!/usr/bin/env bash
# gopkg.in/ini.v1 v1.67.0 and github.com/jmespath/go-jmespath v0.4.0, as Grafana reads its configuration and what a login says (Go 1.25 or newer)
# Expected: a claim whose name has a colon, such as Cognito's `cognito:groups`, stands in double quotes in JMESPath, and so in grafana.ini as the
#   value of an option that is a JMESPath.
# Seen: quotes that enclose the whole value belong to the ini file and are taken away; what is left is no JMESPath, and the login has no groups,
#   without an error at the start. With something behind the last quote, such as `[*]`, the value stays as it is and finds the same groups.
# Found: a review of settings that let people name any claim.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'GO'
module example.org/claims

go 1.25

require (
	github.com/jmespath/go-jmespath v0.4.0
	gopkg.in/ini.v1 v1.67.0
)
GO
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/jmespath/go-jmespath"
	"gopkg.in/ini.v1"
)

const file = `
[login]
alone  = "cognito:groups"
listed = "cognito:groups"[*]
`

func main() {
	settings, err := ini.Load([]byte(file))
	if err != nil {
		panic(err)
	}
	user := map[string]any{"cognito:groups": []any{"admins"}}
	for _, name := range []string{"alone", "listed"} {
		path := settings.Section("login").Key(name).Value()
		groups, err := jmespath.Search(path, user)
		fmt.Printf("%s: %s finds %v, error: %v\n", name, path, groups, err != nil)
	}
}
GO
go mod tidy >go.log 2>&1 || { cat go.log; exit 1; }
found=$(go run .)
echo "$found"
[ "$found" = 'alone: cognito:groups finds <nil>, error: true
listed: "cognito:groups"[*] finds [admins], error: false' ]
