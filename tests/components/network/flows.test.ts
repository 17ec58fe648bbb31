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
});
