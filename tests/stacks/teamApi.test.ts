import assert from "node:assert/strict";
import { platformOutputs as outputs, runTeamApi } from "../../review/program/teamObjects.ts";

const readOfPlatform = "ConfigMap fluffy-observability-outputs-cluster";
const platformStack = "organization/fluffy-observability/dev";

interface Inputs {
  kind: string;
  metadata: { name: string; namespace: string; labels: Record<string, string> };
  spec: Record<string, unknown>;
}

async function run(...args: Parameters<typeof runTeamApi>) {
  const ended = await runTeamApi(...args);
  const find = (wanted: string) => {
    const found = ended.registered.find(({ label }) => label === wanted);
    assert.ok(found, `no ${wanted}`);
    return found.inputs as unknown as Inputs;
  };
  return { ...ended, labels: ended.registered.map(({ label }) => label).sort(), find };
}

const everything = [
  readOfPlatform,
  "ConfigMap orders-api-injection",
  "Deployment orders-api",
  "GrafanaDashboard GrafanaDashboard-orders-api",
  "Namespace team-api",
  "PrometheusRule PrometheusRule-orders-api",
  "PrometheusRule PrometheusRule-orders-api-objectives",
  "Service orders-api",
  "ServiceMonitor ServiceMonitor-orders-api",
  "kubernetes cluster",
];

describe("team-api", () => {
  it("makes an API with its monitor, rules and dashboard, all in the team's namespace", async () => {
    const { labels, registered, error } = await run();
    assert.equal(error, undefined);
    assert.deepEqual(labels, everything);
    for (const { label, inputs } of registered) {
      const { metadata } = inputs as Partial<Inputs>;
      if (metadata !== undefined && !label.startsWith("Namespace")) assert.equal(metadata.namespace, "team-api", label);
    }
  });

  it("takes what it needs from the platform's outputs", async () => {
    const { find } = await run();
    const { template } = find("Deployment orders-api").spec as {
      template: { metadata: { annotations: unknown }; spec: { containers: { env: unknown }[] } };
    };
    assert.deepEqual(template.metadata.annotations, {
      "instrumentation.opentelemetry.io/inject-nodejs": outputs.instrumentation,
      "fluffy-observability/instrumentation-hash": outputs.instrumentationHash,
    });
    assert.deepEqual(template.spec.containers[0]?.env, [
      { name: "CATALOGUE_URL", value: outputs.sampleApiUrl },
      { name: "NODE_OPTIONS", value: "--require /fluffy-observability/endAtSigterm.cjs" },
    ]);
  });

  it("is scraped where its Service says", async () => {
    const { find } = await run();
    const monitor = find("ServiceMonitor ServiceMonitor-orders-api").spec as {
      namespaceSelector: unknown;
      selector: { matchLabels: Record<string, string> };
      endpoints: { port: string }[];
    };
    const service = find("Service orders-api");
    assert.deepEqual(monitor.namespaceSelector, { matchNames: ["team-api"] });
    for (const [key, value] of Object.entries(monitor.selector.matchLabels)) {
      assert.equal(service.metadata.labels[key], value);
    }
    const { ports } = service.spec as { ports: { name: string; port: number }[] };
    assert.deepEqual(ports, [{ name: monitor.endpoints[0]?.port, port: 8080, targetPort: "http" }]);
  });

  it("has an autoscaler only when there is something between the limits", async () => {
    const { find, labels } = await run({ replicas: "2", maxReplicas: "5" });
    const { minReplicas, maxReplicas } = find("HorizontalPodAutoscaler orders-api").spec;
    assert.deepEqual([minReplicas, maxReplicas], [2, 5]);
    assert.ok(!("replicas" in find("Deployment orders-api").spec));
    assert.deepEqual(
      labels.filter((label) => !/^(HorizontalPodAutoscaler|PodDisruptionBudget) /.test(label)),
      everything,
    );
    assert.equal((await run({ replicas: "2" })).find("Deployment orders-api").spec.replicas, 2);
  });

  it("does without a Grafana, and then has no address of a dashboard", async () => {
    const { labels, outputs: given } = await run({}, { outputs: { ...outputs, grafanaUrl: null } });
    assert.deepEqual([labels, given.ordersApiDashboard], [everything, null]);
  });

  it("gives its own address, and that of its dashboard", async () => {
    assert.deepEqual(
      { ...(await run()).outputs },
      {
        ordersApiUrl: "http://orders-api.team-api.svc:8080",
        ordersApiDashboard:
          "http://grafana-service.observability.svc:3000/d/fluffy-api?var-service=orders-api&var-namespace=team-api",
        ordersApiPortForward: "kubectl port-forward --namespace team-api service/orders-api 8080:8080",
      },
    );
  });

  it("makes nothing when the platform lacks an output, and says which", async () => {
    const { instrumentationHash, ...others } = outputs;
    assert.ok(instrumentationHash);
    const { labels, error } = await run({}, { outputs: others });
    assert.deepEqual(labels, [readOfPlatform, "kubernetes cluster"]);
    assert.match(
      String(error),
      /ConfigMap observability\/fluffy-observability has no output instrumentationHash: run pulumi up/,
    );
  });

  it("makes nothing where there is no platform, and says so", async () => {
    const { labels, error } = await run({}, { outputs: {} });
    assert.deepEqual(labels, ["kubernetes cluster"]);
    assert.match(String(error), /the cluster has no ConfigMap observability\/fluffy-observability: run pulumi up/);
  });

  it("reads the platform's stack, as before, where its name is set", async () => {
    const { labels, error, find } = await run({ platformStack });
    assert.equal(error, undefined);
    assert.ok(
      labels.includes(`StackReference fluffy-observability-outputs-${platformStack}`) &&
        !labels.includes(readOfPlatform),
    );
    assert.match(JSON.stringify(find("Deployment orders-api")), new RegExp(outputs.instrumentationHash));
  });

  it("makes nothing when a setting is wrong, and says which", async () => {
    const { labels, error } = await run({ replicas: "many" });
    assert.deepEqual(labels, []);
    assert.match(String(error), /team-api:replicas is "many": must be an integer from 1 to 100$/);
  });
});
