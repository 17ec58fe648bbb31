import assert from "node:assert/strict";
import { JaegerOperator } from "../../../components/operators/jaegerOperator.ts";
import { find, registering } from "../../../review/program/runs.ts";
import { wrappedChart } from "../../support/wrappedChart.ts";

const chart = wrappedChart("jaeger-operator");

describe("JaegerOperator", () => {
  it("installs the wrapped manifest into namespace observability, which is not its own", async () => {
    const run = await registering(() => new JaegerOperator("jaeger-operator", { chart }, {}));
    const { chart: path, namespace } = find(run, "Release", "jaeger-operator").inputs;
    assert.deepEqual([path, namespace], [chart.path, "observability"]);
    assert.ok(!run.registered.some(({ label }) => label.startsWith("Namespace ")));
  });

  it("is there when its webhooks have their CA", async () => {
    const run = await registering(() => new JaegerOperator("jaeger-operator", { chart }, {}));
    const gates = run.asked.filter(({ label }) => label.includes("WebhookConfigurationPatch "));
    assert.deepEqual(
      gates.map(({ label, dependsOn }) => [label, dependsOn]),
      [
        ["MutatingWebhookConfigurationPatch mutating", ["Release jaeger-operator"]],
        ["ValidatingWebhookConfigurationPatch validating", ["Release jaeger-operator"]],
      ],
    );
  });
});
