import assert from "node:assert/strict";
import { type Flow, flowsTo } from "../../../components/network/flow.ts";
import { stackFlows } from "../../../components/network/flows.ts";
import { networkPolicies } from "../../../components/network/policies.ts";
import { stackConfig } from "../../../review/program/stackConfig.ts";
import { parseSettings } from "../../../settings/read.ts";
import { asConfig } from "../../support/platformSandbox.ts";
import { flowsOfProd, flowVariants } from "./expectedFlows.ts";

const settings = parseSettings({
  networkPolicies: JSON.stringify({ enabled: true, receiverPorts: [] }),
  parts: JSON.stringify({ jaeger: false, grafana: false }),
  jaeger: JSON.stringify({ endpoint: "jaeger.example.org:4317" }),
});

/** By who begins them: the flows of settings to what is elsewhere, and those of the gateway. */
function flowsOf(own: Record<string, unknown>): Record<string, unknown[]> {
  const parsed = parseSettings({
    networkPolicies: JSON.stringify({ enabled: true }),
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [key, JSON.stringify(value)])),
  });
  const found: Record<string, unknown[]> = {};
  for (const { from, to, ports } of stackFlows(parsed)) {
    if (to === "any address" || to.startsWith("namespace ") || from === "gateway")
      (found[from] ??= []).push([to, ports === "all" ? ports : ports.map(({ port }) => port)]);
  }
  return found;
}

/** A flow as `expectedFlows.ts` has it. */
function written({ from, to, ports }: Flow): string {
  const numbers =
    ports === "all" ? ["all"] : ports.map(({ port, protocol }) => `${port}${protocol === "UDP" ? "/UDP" : ""}`);
  return `${from} → ${to} ${numbers.join(", ")}`;
}

/** One line for each that begins a flow. */
function singly(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [from = "", rest = ""] = line.split(" → ");
    return from.split(", ").map((each) => `${each} → ${rest}`);
  });
}

describe("stackFlows", () => {
  for (const [what, { stack = "prod", settings: own, without, with: more }] of Object.entries(flowVariants)) {
    it(`are those that are written out, and no others: ${what}`, () => {
      const flows = stackFlows(parseSettings({ ...stackConfig(stack), ...asConfig(own) }));
      const expected = singly(flowsOfProd);
      for (const line of singly(without)) {
        const at = expected.indexOf(line);
        assert.notEqual(at, -1, line);
        expected.splice(at, 1);
      }
      assert.deepEqual(flows.map(written).sort(), [...expected, ...singly(more)].sort());
    });
  }

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

  it("lead to any pod of a namespace where a setting names a Service: its pods may listen on other ports", () => {
    const { prometheus, alertmanager } = flowsOf({
      prometheus: {
        remoteWrite: [
          "http://mimir.metrics.svc/push",
          "http://mimir-0.mimir.metrics.svc.cluster.local:8080/push",
          "https://a.example.org",
        ].map((url) => ({ url })),
      },
      alertmanager: {
        routes: [{ receiver: "mail" }],
        receivers: {
          mail: { type: "email", to: "a@example.org", from: "b@example.org", smarthost: "smtp.example.org:465" },
        },
      },
    });
    assert.deepEqual(prometheus, [
      ["namespace metrics", "all"],
      ["any address", [443]],
    ]);
    assert.deepEqual(alertmanager, [
      ["any address", [443, 587]],
      ["any address", [465]],
    ]);
  });

  it("let browsers in through a gateway on the nodes' network, and Grafana fetch its plug-in", () => {
    const { gateway, grafana } = flowsOf({
      collector: { corsOrigins: ["https://shop.example.org"] },
      access: { controllerNamespace: "*", ingressClass: "nginx" },
    });
    assert.deepEqual([gateway, grafana], [[["collector", [4318]]], [["any address", [443]]]]);
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

describe("flowsTo", () => {
  const flows = (host: string) => flowsTo("prometheus", [`https://${host}/push`], "why").map(written);

  for (const host of ["a.b.svc", "a.b.svc.", "a.b.svc.cluster.local", "a.b.svc.cluster.local.", "a-0.a.b.svc"]) {
    it(`lead into the namespace of a Service, or of a pod behind it: ${host}`, () => {
      assert.deepEqual(
        [flows(host), flows(`${host}:8080`)],
        [["prometheus → namespace b all"], ["prometheus → namespace b all"]],
      );
    });
  }

  for (const host of ["metrics.svc.example.org", "a.b.svc.cluster.local.example.org", "svc.example.org", "a.b.svcs"]) {
    it(`lead outside to every other host: ${host}`, () => {
      assert.deepEqual(flows(host), ["prometheus → any address 443"]);
      assert.deepEqual(flowsTo("grafana", [`${host}:5432`], "why").map(written), ["grafana → any address 5432"]);
    });
  }
});
