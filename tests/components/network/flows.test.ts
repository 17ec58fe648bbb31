import assert from "node:assert/strict";
import { stackFlows } from "../../../components/network/flows.ts";
import { networkPolicies } from "../../../components/network/policies.ts";
import { parseSettings } from "../../../settings/read.ts";

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

  it("lead outside for every host that is no Service of the cluster, whoever asks it", () => {
    const outside = ["metrics.svc.example.org", "a.b.svc.cluster.local.example.org", "svc.example.org", "a.b.svcs"];
    for (const host of outside) {
      const { prometheus, oauth2Proxy, collector, grafana } = flowsOf({
        ...{ parts: { jaeger: false }, jaeger: { endpoint: `${host}:4317`, url: `https://${host}` } },
        prometheus: { remoteWrite: [{ url: `https://${host}/push` }] },
        grafana: { database: { type: "postgres", host: `${host}:5432`, secret: "login" } },
        access: { ingressClass: "nginx", authentication: "oauth2-proxy", hosts: { logs: "logs.example.org" } },
        oidc: { issuerUrl: `https://${host}`, clientId: "stack", clientSecret: "oidc-client" },
      });
      assert.deepEqual(
        [prometheus, oauth2Proxy, collector, grafana?.slice(0, 2)],
        [
          [["any address", [443]]],
          [["any address", [443]]],
          [["any address", [4317]]],
          [
            ["any address", [443]],
            ["any address", [5432]],
          ],
        ],
        host,
      );
    }
  });

  it("know a Service with the cluster's domain and a final dot, and a pod behind it", () => {
    for (const host of ["a.b.svc", "a.b.svc.", "a.b.svc.cluster.local", "a.b.svc.cluster.local.", "a-0.a.b.svc"]) {
      const { prometheus } = flowsOf({ prometheus: { remoteWrite: [{ url: `https://${host}/push` }] } });
      assert.deepEqual(prometheus, [["namespace b", "all"]], host);
    }
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
