import assert from "node:assert/strict";
import { preparePlatformArtifacts } from "../../artifacts/request.ts";
import { parseSettings } from "../../settings/read.ts";
import { settingsSchema } from "../../settings/schema.ts";
import { programRun } from "../../review/program/runs.ts";
import { flattenSettings, withEntry } from "../support/settings.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { accessTrials } from "./accessTrials.ts";
import { grafanaTrials } from "./grafanaTrials.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Settings by their flattened keys. */
type Flat = Readonly<Record<string, unknown>>;

/** Two values of one setting that must make a difference. */
interface Trial {
  readonly to: unknown;
  /** @default the setting's default */
  readonly from?: unknown;
  /** Other settings of both runs, without which this one has no effect or is not allowed. */
  readonly with?: Flat;
  /** Other settings that `to` needs and `from` does not allow. */
  readonly alsoTo?: Flat;
}

const otherJaeger = { "jaeger.endpoint": "jaeger.example.org:4317", "jaeger.url": "https://jaeger.example.org" };
const elasticsearch = {
  "jaeger.storage": "elasticsearch",
  "jaeger.elasticsearchUrl": "https://elasticsearch.example.org",
};
const badger = { "jaeger.storage": "badger" };
const tailSampling = { "collector.tailSampling.enabled": true, "instrumentation.samplingRatio": 1 };
const hook = { type: "webhook", secret: { name: "hook", key: "url" } };
const allShards = {
  "prometheus.queryUrl": "https://all.example.org",
  "prometheus.remoteWrite": [{ url: "https://all" }],
};
const sharded = { "prometheus.shards": 2, "prometheus.remoteWrite": [{ url: "https://all" }] };
const routes = [{ receiver: "hook" }];

/** Every setting that what is registered, or an output, depends on. */
const trials: Readonly<Record<string, Trial>> = {
  kubeContext: { to: "another" },
  crdPolicy: { to: "delete" },
  jaegerEngine: { to: "operator" },
  "images.registry": { to: "registry.example.org/mirror" },
  "images.pullSecrets": { to: ["registry"] },
  "cluster.name": { to: "eu-1" },
  "cluster.environment": { to: "test" },
  "parts.certManager": { to: false },
  "parts.prometheusOperator": { to: false },
  "parts.metricsServer": { to: false },
  "parts.jaeger": { to: false, alsoTo: otherJaeger },
  "parts.logs": { to: false },
  "parts.grafana": { to: false },
  "parts.clusterMetrics": { to: false },
  "parts.sampleApi": { to: false },
  "jaeger.storage": { to: "badger" },
  "jaeger.maxTraces": { to: 5 },
  "jaeger.retention": { to: "5h", with: badger },
  "jaeger.volumeSize": { to: "5Gi", with: badger },
  "jaeger.elasticsearchUrl": { from: "https://a.example.org", to: "https://b.example.org", with: elasticsearch },
  "jaeger.elasticsearchSecret": { to: "login", with: elasticsearch },
  "jaeger.elasticsearchCaSecret": { to: "ca", with: elasticsearch },
  "jaeger.elasticsearchIndexPrefix": { to: "prod", with: elasticsearch },
  "jaeger.elasticsearchRetentionDays": {
    to: 5,
    with: { ...elasticsearch, jaegerEngine: "operator", "jaeger.elasticsearchIndexPrefix": "prod" },
  },
  "jaeger.memoryLimit": { to: "5Gi" },
  "jaeger.endpoint": { from: "a.example.org:4317", to: "b.example.org:4317", with: withoutJaeger("jaeger.url") },
  "jaeger.url": { from: "https://a.example.org", to: "https://b.example.org", with: withoutJaeger("jaeger.endpoint") },
  "collector.replicas": { to: 5 },
  "collector.maxReplicas": { to: 5 },
  "collector.corsOrigins": { to: ["https://shop.example.org"] },
  "collector.memoryLimit": { to: "5Gi" },
  "collector.tailSampling.enabled": { to: true, with: { "instrumentation.samplingRatio": 1 } },
  "collector.tailSampling.keepPercentage": { to: 5, with: tailSampling },
  "collector.tailSampling.slowMilliseconds": { to: 5, with: tailSampling },
  "collector.tailSampling.waitSeconds": { to: 60, with: tailSampling },
  "collector.tailSampling.replicas": { to: 5, with: tailSampling },
  "collector.tailSampling.memoryLimit": { to: "5Gi", with: tailSampling },
  "collector.messageSpans": { to: true },
  "collector.debug": { to: true },
  "instrumentation.samplingRatio": { to: 0.5 },
  "instrumentation.metricExportIntervalSeconds": { to: 5 },
  "instrumentation.ignoredPaths": { to: ["/up"] },
  "instrumentation.initContainerUser": { to: 0 },
  "instrumentation.goInjection": { to: true },
  "prometheus.replicas": { to: 5 },
  "prometheus.shards": { to: 5, alsoTo: allShards },
  "prometheus.replicaLabel": { to: "__replica__" },
  "prometheus.queryUrl": { from: "https://a.example.org", to: "https://b.example.org", with: sharded },
  "prometheus.retention": { to: "5d" },
  "prometheus.scrapeInterval": { to: "5s" },
  "prometheus.volumeSize": { to: "5Gi" },
  "prometheus.memoryLimit": { to: "5Gi" },
  "prometheus.remoteWrite": { to: [{ url: "https://metrics.example.org/api/v1/write", tokenSecret: "metrics" }] },
  "logs.retention": { to: "5d" },
  "logs.volumeSize": { to: "5Gi" },
  "logs.memoryLimit": { to: "5Gi" },
  "logs.agentMemoryLimit": { to: "512Mi" },
  "logs.nodeFolder": { to: "/srv/logs" },
  "logs.kubernetesEvents": { to: true },
  "masking.patterns": { to: ["secret"] },
  "logs.otlpEndpoint": { to: "https://logs.example.org" },
  "logs.url": { to: "https://logs.example.org", with: { "logs.otlpEndpoint": "https://otlp.example.org" } },
  "alertmanager.replicas": { to: 5 },
  "alertmanager.volumeSize": { to: "5Gi" },
  "alertmanager.receivers": {
    from: { hook },
    to: { hook: { ...hook, type: "teams" } },
    with: { "alertmanager.routes": routes },
  },
  "alertmanager.routes": {
    to: routes,
    with: { "alertmanager.receivers": { hook }, "alertmanager.deadMansSwitch": "hook" },
  },
  "alertmanager.deadMansSwitch": {
    to: "hook",
    with: { "alertmanager.receivers": { hook }, "alertmanager.routes": routes },
  },
  alertSecrets: {
    from: { hook: "https://a.example.org" },
    to: { hook: "https://b.example.org" },
    with: { "alertmanager.receivers": { hook: { type: "webhook" } }, "alertmanager.routes": routes },
  },
  "slo.availability": { to: 0.95 },
  "slo.latencyTarget": { to: 0.95 },
  "slo.latencySeconds": { to: 5 },
  "slo.services": { to: { orders: { availability: 0.95 } } },
  ...grafanaTrials,
  "grafana.volumeSize": { to: "5Gi" },
  "grafana.memoryLimit": { to: "5Gi" },
  "grafana.url": { to: "https://grafana.example.org", with: { "parts.grafana": false } },
  "grafana.allowCrossNamespaceImport": { to: true },
  "tenancy.policies": { to: false },
  "tenancy.trustedNamespaces": { to: ["ingress"] },
  "clusterMetrics.memoryLimit": { to: "5Gi" },
  ...accessTrials,
  "apiNamespaces.cpu": { to: "4" },
  "apiNamespaces.memory": { to: "8Gi" },
  "apiNamespaces.pods": { to: 20 },
  "metricsServer.kubeletInsecureTls": { to: true },
  "sampleApi.image": { to: "example.org/python-api:5" },
  "sampleApi.replicas": { to: 5 },
  "sampleApi.upstreamUrl": { to: "https://example.org" },
};

/** Settings that decide where the artifacts come from and whether they are used, before anything is registered. */
const artifactTrials: Readonly<Record<string, Trial>> = {
  artifactsMirror: { to: await standInMirror() },
  artifactsLocked: { to: true },
};

/** Jaeger elsewhere, with one part of its address. */
function withoutJaeger(part: keyof typeof otherJaeger): Flat {
  return { "parts.jaeger": false, [part]: otherJaeger[part] };
}

/** The configurations before and after a change of one setting. */
function configsOf(key: string, { from, to, with: both = {}, alsoTo = {} }: Trial): Record<"from" | "to", Flat> {
  return {
    from: { ...both, ...(from === undefined ? {} : { [key]: from }) },
    to: { ...both, ...alsoTo, [key]: to },
  };
}

/** Settings as the CLI hands them over. */
function handedOver(flat: Flat): Record<string, string> {
  const nested = Object.entries(flat).reduce<unknown>(
    (settings, [key, value]) => withEntry(settings, key.split("."), value),
    {},
  );
  return Object.fromEntries(
    Object.entries(nested as object).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

describe("settings of the program", function () {
  this.slow(2000);

  it("have each a trial of its use, and no trial is of another", () => {
    const keys = flattenSettings(settingsSchema.parse({})).map(([key]) => key);
    assert.deepEqual(Object.keys({ ...trials, ...artifactTrials }).sort(), keys.sort());
  });

  /** What the engine and users see, in an order that does not depend on time. */
  async function seen(flat: Flat): Promise<{ labels: string[]; all: unknown }> {
    const { registered, outputs } = await programRun(handedOver(flat));
    const entries = registered.map(({ label, inputs }) => [label, inputs] as const);
    return { labels: registered.map(({ label }) => label).sort(), all: { ...Object.fromEntries(entries), outputs } };
  }

  for (const [key, trial] of Object.entries(trials)) {
    it(`make a difference: ${key}`, async () => {
      const configs = configsOf(key, trial);
      const [from, to] = [await seen(configs.from), await seen(configs.to)];
      assert.notDeepEqual(to.all, from.all, `${key} changes nothing`);
      // What comes with `alsoTo` is no use of the part itself.
      if (key.startsWith("parts.")) assert.notDeepEqual(to.labels, from.labels, `${key} takes nothing away`);
    });
  }

  it("make the only difference: the same settings give the same", async () => {
    // Not the same run again: defaults that are written out.
    assert.deepEqual((await seen({ crdPolicy: "keep" })).all, (await seen({})).all);
  });
});

describe("settings of the artifacts", () => {
  const folder = temporaryFolder();
  const { fetch } = globalThis;
  const { CI: ci } = process.env;
  const home = process.cwd();

  // No upstream, and neither recorded checksums nor charts.
  beforeEach(() => {
    process.chdir(folder());
    delete process.env["CI"];
    globalThis.fetch = () => Promise.resolve(new Response(undefined, { status: 404 }));
  });
  afterEach(() => {
    process.chdir(home);
    if (ci !== undefined) process.env["CI"] = ci;
    globalThis.fetch = fetch;
  });

  /** The charts that the program would install, or why there are none; which one is missed first is chance. */
  function prepared(flat: Flat): Promise<unknown> {
    return preparePlatformArtifacts(parseSettings(handedOver(flat))).catch((error: unknown) =>
      String(error).replace(/: \S+: there is none at https:.+/, ": there is none"),
    );
  }

  for (const [key, trial] of Object.entries(artifactTrials)) {
    it(`make a difference: ${key}`, async () => {
      const configs = configsOf(key, trial);
      assert.notDeepEqual(await prepared(configs.to), await prepared(configs.from), `${key} changes nothing`);
    });
  }

  it("make the only difference: the same settings give the same", async () => {
    assert.deepEqual(await prepared({ artifactsLocked: false }), await prepared({}));
  });
});
