#!/usr/bin/env bash
# @opentelemetry/sdk-metrics 2.9.0
# Expected: a metric has at most 2,000 combinations of attributes (the specification's default, and the SDK's), and what is over it
#   is put together in one with otel.metric.overflow. So a mistake such as a user's id as an attribute cannot take the memory.
# Seen: the limit holds for what comes between two exports only. With cumulative temporality, the default, the SDK keeps all
#   combinations that it ever had, and sends each of them at every export: 1,500 new ones a minute never overflow and are 90,000 in
#   an hour. What overflowed in one interval has a series of its own in a later one, so that its count is split over two.
# Found: by exporting several times, as a process that runs for a while does, where a test of the limit exports once.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @opentelemetry/api@1.9.1 @opentelemetry/sdk-metrics@2.9.0 >/dev/null
cat >program.js <<'JAVASCRIPT'
const sdk = require("@opentelemetry/sdk-metrics");

const exporter = new sdk.InMemoryMetricExporter(sdk.AggregationTemporality.CUMULATIVE);
const reader = new sdk.PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
const meter = new sdk.MeterProvider({ readers: [reader] }).getMeter("m");
const [slow, fast] = ["slow", "fast"].map((name) => meter.createCounter(name));

(async () => {
  for (let interval = 0; interval < 4; interval++) {
    for (let user = 0; user < 1500; user++) slow.add(1, { user: `${interval}-${user}` });
    for (let user = 0; user < 2500; user++) fast.add(1, { user: `${interval}-${user}` });
    await reader.forceFlush();
    const { metrics } = exporter.getMetrics().at(-1).scopeMetrics[0];
    const overflows = ({ attributes }) => attributes["otel.metric.overflow"] === true;
    const say = ({ dataPoints }) => `${dataPoints.length}${dataPoints.some(overflows) ? " with overflow" : ""}`;
    console.log(`export ${interval + 1}: ${metrics.map(say).join(", ")}`);
  }
  process.exit(0);
})();
JAVASCRIPT
seen=$(node program.js)
echo "series of a counter with 1,500 new users between exports, and of one with 2,500:"
echo "$seen"
expected='export 1: 1500, 2000 with overflow
export 2: 3000, 3999 with overflow
export 3: 4500, 5998 with overflow
export 4: 6000, 7997 with overflow'
[ "$seen" = "$expected" ] || { echo "changed: it was"; echo "$expected"; exit 1; }
