import assert from "node:assert/strict";
import { prometheusSpec } from "../../../components/backends/prometheus.ts";
import { collectorSpec } from "../../../components/telemetry/collector.ts";
import { stackFlows } from "../../../components/network/flows.ts";
import { find, programRun } from "../../../review/program/runs.ts";
import { contentVariants, variants } from "../../../review/program/variants.ts";
import { parseSettings } from "../../../settings/read.ts";

const variant = variants["shards of Prometheus"] ?? {};
const settings = parseSettings(variant);
const { queryUrl } = settings.prometheus;

describe("shards of Prometheus", () => {
  it("are one unless told otherwise, which evaluates all rules", () => {
    const { shards, ruleSelector } = prometheusSpec(parseSettings({}));
    assert.deepEqual([shards, ruleSelector], [undefined, {}]);
  });

  it("evaluate no rule, send every sample to the store that has all, and are spread over nodes", () => {
    const spec = prometheusSpec(settings);
    assert.deepEqual([spec.shards, spec.replicas, spec.remoteWrite?.length], [2, 2, 1]);
    assert.ok(!("ruleSelector" in spec));
    assert.deepEqual(spec.externalLabels, { prometheus_shard: "$(SHARD)" });
    assert.equal(
      prometheusSpec({ ...settings, prometheus: { ...settings.prometheus, replicas: 1 } }).topologySpreadConstraints
        ?.length,
      2,
    );
  });

  it("are asked by nobody: dashboards, the output and the network lead to the store", async () => {
    const run = await programRun(variant);
    const { spec } = find(run, "GrafanaDatasource", "GrafanaDatasource-prometheus").inputs as {
      spec: { datasource: { url: string } };
    };
    assert.equal(spec.datasource.url, queryUrl);
    assert.equal(run.outputs["prometheusUrl"], queryUrl);
    assert.ok(!("prometheus" in (run.outputs["portForwards"] as object)));
    const jaeger = find(run, "OpenTelemetryCollector", "OpenTelemetryCollector-jaeger").inputs["spec"];
    assert.ok(JSON.stringify(jaeger).includes(`"endpoint":"${queryUrl}"`));
    const asking = (of: typeof settings) =>
      stackFlows(of).filter(({ why }) => /metrics are shown|shows their metrics/.test(why));
    assert.deepEqual(
      asking(settings).map(({ from, to, ports }) => [from, to, ports]),
      ["grafana", "jaeger"].map((from) => [from, "any address", [{ port: 443 }]]),
    );
    assert.deepEqual(new Set(asking(parseSettings({})).map(({ to }) => to)), new Set(["prometheus"]));
  });

  it("say that somebody else has to evaluate rules", async () => {
    const { logs } = await programRun(variant);
    assert.match(logs.join("\n"), /no Prometheus of the stack evaluates rules/);
  });
});

const events = { logs: JSON.stringify({ kubernetesEvents: true }) };

describe("prometheus.replicaLabel", () => {
  it("is the operator's own unless told otherwise, and may be none", () => {
    const label = (prometheus: object) =>
      prometheusSpec(parseSettings({ prometheus: JSON.stringify(prometheus) })).replicaExternalLabelName;
    assert.deepEqual([{}, { replicaLabel: "__replica__" }, { replicaLabel: "" }].map(label), [
      undefined,
      "__replica__",
      "",
    ]);
  });
});

describe("what the Collectors take metrics from", () => {
  it("is what applications send: nothing is scraped, so that a target allocator had nothing to share out", async () => {
    const receivers = new Set<string>();
    for (const config of [...Object.values({ ...variants, ...contentVariants }), events]) {
      const { registered } = await programRun(config);
      for (const { inputs } of registered.filter((each) => each.inputs["kind"] === "OpenTelemetryCollector")) {
        const { config: own } = inputs["spec"] as ReturnType<typeof collectorSpec>;
        for (const receiver of Object.keys(own.receivers)) receivers.add(receiver.split("/")[0] ?? "");
      }
    }
    assert.deepEqual([...receivers].sort(), ["file_log", "k8s_events", "otlp"]);
  });
});
