#!/usr/bin/env bash
# github.com/open-telemetry/opentelemetry-collector-contrib/exporter/prometheusexporter v0.158.0 (Go 1.25 or newer)
# Expected: an attribute of a metric that is called `job` or `instance`, as the batch programs of many teams have, becomes a label, or is renamed as
#   Prometheus renames what it scrapes (`exported_job`).
# Seen: the exporter adds `job` and `instance` of the resource to it, and shows nothing of the whole metric: two labels of one name. The sender is
#   told that all is well, and the other metrics of the same request are there.
# Found: a review of what applications may send to a collector that Prometheus scrapes.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'GO'
module example.org/labels

go 1.25

require (
	github.com/open-telemetry/opentelemetry-collector-contrib/exporter/prometheusexporter v0.158.0
	go.opentelemetry.io/collector/component/componenttest v0.158.0
	go.opentelemetry.io/collector/exporter/exportertest v0.158.0
	go.opentelemetry.io/collector/pdata v1.64.0
)
GO
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/prometheusexporter"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func counter(metrics pmetric.MetricSlice, name, attribute string) {
	metric := metrics.AppendEmpty()
	metric.SetName(name)
	sum := metric.SetEmptySum()
	sum.SetIsMonotonic(true)
	sum.SetAggregationTemporality(pmetric.AggregationTemporalityCumulative)
	point := sum.DataPoints().AppendEmpty()
	point.SetIntValue(1)
	point.Attributes().PutStr(attribute, "nightly")
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	address := listener.Addr().String()
	check(listener.Close())

	factory := prometheusexporter.NewFactory()
	config := factory.CreateDefaultConfig().(*prometheusexporter.Config)
	config.ServerConfig.NetAddr.Endpoint = address
	exporter, err := factory.CreateMetrics(context.Background(), exportertest.NewNopSettings(factory.Type()), config)
	check(err)
	check(exporter.Start(context.Background(), componenttest.NewNopHost()))

	sent := pmetric.NewMetrics()
	resource := sent.ResourceMetrics().AppendEmpty()
	resource.Resource().Attributes().PutStr("service.name", "shop")
	metrics := resource.ScopeMetrics().AppendEmpty().Metrics()
	counter(metrics, "orders", "kind")
	counter(metrics, "cleanups", "job")
	fmt.Println("sent:", exporter.ConsumeMetrics(context.Background(), sent) == nil)

	answer, err := http.Get("http://" + address + "/metrics")
	check(err)
	body, err := io.ReadAll(answer.Body)
	check(err)
	for _, name := range []string{"orders_total", "cleanups_total"} {
		fmt.Printf("%s: shown %v\n", name, strings.Contains(string(body), "\n"+name+"{"))
	}
	check(exporter.Shutdown(context.Background()))
}
GO
go mod tidy >go.log 2>&1 || { cat go.log; exit 1; }
found=$(go run .)
echo "$found"
[ "$found" = 'sent: true
orders_total: shown true
cleanups_total: shown false' ]
