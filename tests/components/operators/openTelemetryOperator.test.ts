import assert from "node:assert/strict";
import { OpenTelemetryOperator } from "../../../components/operators/openTelemetryOperator.ts";
import { find, registering } from "../../../review/program/runs.ts";
import { wrappedChart } from "../../support/wrappedChart.ts";

const chart = wrappedChart("opentelemetry-operator");

describe("OpenTelemetryOperator", () => {
  it("installs the wrapped manifest into a namespace of its own", async () => {
    const run = await registering(() => new OpenTelemetryOperator("opentelemetry-operator", { chart }, {}));
    const { chart: path, namespace } = find(run, "Release", "opentelemetry-operator").inputs;
    assert.deepEqual([path, namespace], [chart.path, "opentelemetry-operator-system"]);
  });

  it("is there when its webhooks have their CA", async () => {
    const run = await registering(() => new OpenTelemetryOperator("opentelemetry-operator", { chart }, {}));
    const gates = run.asked.filter(({ label }) => label.includes("WebhookConfigurationPatch "));
    assert.deepEqual(
      gates.map(({ label, dependsOn }) => [label, dependsOn]),
      [
        ["MutatingWebhookConfigurationPatch mutating", ["Release opentelemetry-operator"]],
        ["ValidatingWebhookConfigurationPatch validating", ["Release opentelemetry-operator"]],
      ],
    );
  });
});
