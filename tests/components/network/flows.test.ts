import assert from "node:assert/strict";
import { stackFlows } from "../../../components/network/flows.ts";
import { networkPolicies } from "../../../components/network/policies.ts";
import { parseSettings } from "../../../settings/read.ts";

const settings = parseSettings({
  networkPolicies: JSON.stringify({ enabled: true, receiverPorts: [] }),
  parts: JSON.stringify({ jaeger: false, grafana: false }),
  jaeger: JSON.stringify({ endpoint: "jaeger.example.org:4317" }),
});

describe("stackFlows", () => {
  it("are none without ports: a rule of a policy without ports is one for every port", () => {
    assert.ok(!stackFlows(settings).some(({ from, to }) => from === "alertmanager" && to === "any address"));
    const open = networkPolicies(settings).flatMap(({ name, spec }) =>
      [...spec.ingress, ...spec.egress]
        .filter(({ ports }) => ports === undefined || ports.length === 0)
        .map(() => name),
    );
    // To the pods of other namespaces, whose monitors name any port.
    assert.deepEqual(open, ["prometheus"]);
  });

  it("lead spans through the second tier, and from there alone to Jaeger", () => {
    const sampling = parseSettings({
      collector: JSON.stringify({ tailSampling: { enabled: true } }),
      instrumentation: JSON.stringify({ samplingRatio: 1 }),
    });
    const ofTraces = (stack: typeof settings) =>
      stackFlows(stack).filter(({ to, from }) => [to, from].includes("tailSampler") || to === "jaeger");
    const ends = ofTraces(sampling).map(({ from, to, ports }) => [
      from,
      to,
      ports === "all" ? [] : ports.map(({ port }) => port),
    ]);
    assert.deepEqual(ends, [
      ["collector", "tailSampler", [4317]],
      ["tailSampler", "jaeger", [4317]],
      ["prometheus", "tailSampler", [8888]],
      ["prometheus", "jaeger", [8888]],
      ["grafana", "jaeger", [16686]],
      ["tailSampler", "DNS", [53, 53]],
    ]);
    assert.ok(!ofTraces(parseSettings({})).some(({ to }) => to === "tailSampler"));
  });
});
