import assert from "node:assert/strict";
import { MetricsServer } from "../../../components/operators/metricsServer.ts";
import { find, registering } from "../../../review/program/runs.ts";
import { wrappedChart } from "../../support/wrappedChart.ts";

const chart = wrappedChart("metrics-server");

describe("MetricsServer", () => {
  it("installs the wrapped manifest into namespace kube-system, which is not its own", async () => {
    const run = await registering(() => new MetricsServer("metrics-server", { chart }, {}));
    const { chart: path, namespace } = find(run, "Release", "metrics-server").inputs;
    assert.deepEqual([path, namespace], [chart.path, "kube-system"]);
    assert.ok(!run.registered.some(({ label }) => label.startsWith("Namespace ")));
  });
});
