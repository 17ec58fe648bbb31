import assert from "node:assert/strict";
import { PrometheusOperator } from "../../../components/operators/prometheusOperator.ts";
import { find, registering } from "../../../review/program/runs.ts";
import { wrappedChart } from "../../support/wrappedChart.ts";

const chart = wrappedChart("prometheus-operator");

describe("PrometheusOperator", () => {
  it("installs the wrapped manifest into a namespace of its own", async () => {
    const run = await registering(() => new PrometheusOperator("prometheus-operator", { chart }, {}));
    const { chart: path, namespace } = find(run, "Release", "prometheus-operator").inputs;
    assert.deepEqual([path, namespace], [chart.path, "prometheus-operator"]);
  });
});
