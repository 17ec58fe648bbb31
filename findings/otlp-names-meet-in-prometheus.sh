#!/usr/bin/env bash
# github.com/prometheus/otlptranslator v1.0.0, by which Prometheus' OTLP receiver names metrics (Go 1.25 or newer)
# Expected: a counter gets the suffix `_total` and a gauge of unit 1 `_ratio`; what stands within a name stays. Two metrics whose
#   names differ in more than the characters that Prometheus does not take have two names there.
# Seen: the word of the suffix is first taken out of the name, wherever it stands. So `cache.total.evictions` and `cache.evictions` are
#   one metric, and what the first one's name says is gone: a total and its part become one. Of a unit it is not so: a name
#   that holds its unit anywhere gets none, so that `queue.seconds.behind` does not end in its unit, as a rule that looks for
#   `_seconds` at the end expects. Nothing is reported.
# Found: by putting the words that the suffixes are made of into names, at every place.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'GO'
module example.org/names

go 1.25

require github.com/prometheus/otlptranslator v1.0.0
GO
cat >main.go <<'GO'
package main

import (
	"fmt"

	translator "github.com/prometheus/otlptranslator"
)

func main() {
	namer := translator.MetricNamer{WithMetricSuffixes: true}
	for _, metric := range []translator.Metric{
		{Name: "cache.evictions", Type: translator.MetricTypeMonotonicCounter},
		{Name: "cache.total.evictions", Type: translator.MetricTypeMonotonicCounter},
		{Name: "disk.limit", Unit: "1", Type: translator.MetricTypeGauge},
		{Name: "disk.ratio.limit", Unit: "1", Type: translator.MetricTypeGauge},
		{Name: "queue.behind", Unit: "s", Type: translator.MetricTypeGauge},
		{Name: "queue.seconds.behind", Unit: "s", Type: translator.MetricTypeGauge},
	} {
		name, err := namer.Build(metric)
		if err != nil {
			panic(err)
		}
		fmt.Println(metric.Name, name)
	}
}
GO
GOFLAGS=-mod=mod go build -o names . 2>build.log || { cat build.log; exit 1; }
seen=$(./names)
echo "$seen"
expected='cache.evictions cache_evictions_total
cache.total.evictions cache_evictions_total
disk.limit disk_limit_ratio
disk.ratio.limit disk_limit_ratio
queue.behind queue_behind_seconds
queue.seconds.behind queue_seconds_behind'
[ "$seen" = "$expected" ] || { echo "changed: it was"; echo "$expected"; exit 1; }
