#!/usr/bin/env bash
# OpenTelemetry Collector, confmap v1.64.0 with the env provider (Collector 0.158.0; Go 1.25 or newer)
# Expected: "${env:PASSWORD}" as the whole of a setting is what the variable holds, as in a shell; if it were YAML, then for all settings.
# Seen: it depends on the type of the setting. Where the component declares text, digits stay as they are written; where it takes a free map,
#   as many exporters do for options of their backends, 0123 is the number 83, a value that begins with # is nothing, and one with ": " in
#   it is a map. In both, "$$" becomes "$", and a variable that the value names is put in its place.
# Found: by starting Jaeger v2, which is a Collector, on Elasticsearch with passwords from a Secret: with 0123 it did not start, and with #x
#   the store got an empty password. A file of the password, where there is a setting for one, is taken as it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'GO'
module example.org/env

go 1.25

require (
	go.opentelemetry.io/collector/config/configopaque v1.64.0
	go.opentelemetry.io/collector/confmap v1.64.0
	go.opentelemetry.io/collector/confmap/provider/envprovider v1.64.0
	go.opentelemetry.io/collector/confmap/provider/yamlprovider v1.64.0
)
GO
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"go.opentelemetry.io/collector/config/configopaque"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/envprovider"
	"go.opentelemetry.io/collector/confmap/provider/yamlprovider"
)

type login struct {
	Password configopaque.String `mapstructure:"password"`
	Options  map[string]any      `mapstructure:"options"`
}

func read(password string) string {
	os.Setenv("PASSWORD", password)
	os.Setenv("USERNAME", "name")
	resolver, err := confmap.NewResolver(confmap.ResolverSettings{
		URIs:              []string{"yaml:{password: \"${env:PASSWORD}\", options: {password: \"${env:PASSWORD}\"}}"},
		ProviderFactories: []confmap.ProviderFactory{envprovider.NewFactory(), yamlprovider.NewFactory()},
	})
	if err != nil {
		return err.Error()
	}
	conf, err := resolver.Resolve(context.Background())
	var into login
	if err == nil {
		err = conf.Unmarshal(&into)
	}
	if err != nil {
		return "refused: " + strings.Split(err.Error(), "\n")[0]
	}
	return fmt.Sprintf("%q, in a map %#v", string(into.Password), into.Options["password"])
}

func main() {
	for _, password := range []string{"plain", "0123", "1e3", "#x", "a: b", "a$$b", "x${env:USERNAME}y"} {
		fmt.Printf("%s: %s\n", password, read(password))
	}
}
GO
GOFLAGS=-mod=mod go mod tidy >/dev/null 2>&1
seen=$(go run .)
expected='plain: "plain", in a map "plain"
0123: "0123", in a map 83
1e3: "1e3", in a map 1000
#x: "#x", in a map <nil>
a: b: "a: b", in a map map[string]interface {}{"a":"b"}
a$$b: "a$b", in a map "a$b"
x${env:USERNAME}y: "xnamey", in a map "xnamey"'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: it was"; echo "$expected"; exit 1; }
