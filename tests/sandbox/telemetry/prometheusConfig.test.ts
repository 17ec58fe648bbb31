import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { userPorts } from "../../../sandbox/telemetry/loopback.ts";
import { localPrometheus, monitorJobs, scrapeJobs } from "../../../sandbox/telemetry/prometheusConfig.ts";
import { stackObjects } from "../../support/liveObjects.ts";
import { teamObjects } from "../../support/teamObjects.ts";

/** What the operator was seen to do with real objects; not part of every checkout. */
const recording = path.join(import.meta.dirname, "../../../../shared/reference/prometheus.generated.yaml");

describe("localPrometheus", () => {
  const objects = stackObjects({ prometheus: JSON.stringify({ retention: "3d", scrapeInterval: "20s" }) });

  it("takes its settings from the live object", () => {
    const { config, args } = localPrometheus(objects, userPorts, "/data");
    assert.deepEqual(config.global, {
      scrape_interval: "20s",
      evaluation_interval: "30s",
      sample_limit: 2_000_000,
      body_size_limit: "512MB",
      external_labels: { prometheus: "observability/prometheus", prometheus_replica: "prometheus-prometheus-0" },
    });
    assert.deepEqual(config.storage, { tsdb: { retention: { time: "3d" } }, exemplars: { max_exemplars: 100000 } });
    assert.deepEqual(args, [
      "--storage.tsdb.path=/data",
      "--web.listen-address=127.0.0.1:9090",
      "--enable-feature=exemplar-storage",
    ]);
  });

  it("scrapes the application's metrics, the collector's own, Jaeger's own, its own and Alertmanager's", () => {
    const { config } = localPrometheus(objects, userPorts, "/data");
    const targets = config.scrape_configs.map((job) => [job.job_name, job.static_configs[0]?.targets[0]]);
    assert.deepEqual(targets, [
      ["serviceMonitor/observability/otel-collector/0", "127.0.0.1:8889"],
      ["serviceMonitor/observability/otel-monitoring-collector/0", "127.0.0.1:8888"],
      ["serviceMonitor/observability/jaeger-monitoring-collector/0", "127.0.0.1:18888"],
      ["serviceMonitor/observability/prometheus/0", "127.0.0.1:9090"],
      ["serviceMonitor/observability/alertmanager/0", "127.0.0.1:9093"],
    ]);
    assert.deepEqual(config.scrape_configs[0]?.static_configs[0]?.labels, {
      job: "otel-collector",
      namespace: "observability",
      service: "otel-collector",
      endpoint: "prometheus",
      pod: "otel-collector-0",
      container: "otc-container",
    });
  });

  it("has the rule files that the operator made", () => {
    const { config, rules } = localPrometheus(
      { ...objects, rules: { "team-own.yaml": "groups: []" } },
      userPorts,
      "/data",
    );
    assert.deepEqual(config.rule_files, ["rules/team-own.yaml"]);
    assert.deepEqual(rules, { "rules/team-own.yaml": "groups: []" });
  });

  it("sends alerts to the Alertmanager of this machine", () => {
    const { config } = localPrometheus(objects, userPorts, "/data");
    assert.deepEqual(config.alerting, {
      alert_relabel_configs: [{ action: "labeldrop", regex: "prometheus_replica" }],
      alertmanagers: [{ api_version: "v2", static_configs: [{ targets: ["127.0.0.1:9093"] }] }],
    });
  });
});

describe("monitorJobs", () => {
  const port = 18080;

  it("scrapes an API as its ServiceMonitor says", async () => {
    assert.deepEqual(monitorJobs(await teamObjects(), port), [
      {
        job_name: "serviceMonitor/team-api/orders-api/0",
        static_configs: [
          {
            targets: ["127.0.0.1:18080"],
            labels: {
              job: "orders-api",
              namespace: "team-api",
              service: "orders-api",
              endpoint: "http",
              pod: "orders-api-local-0",
              container: "orders-api",
            },
          },
        ],
      },
    ]);
  });

  it("leaves out what selects another Service, another namespace or another port", async () => {
    const objects = await teamObjects();
    const { spec, metadata } = objects.monitors[0] ?? assert.fail("no monitor");
    const others = [
      { ...spec, selector: { matchLabels: { "app.kubernetes.io/name": "other" } } },
      { ...spec, namespaceSelector: { matchNames: ["other"] } },
      { ...spec, endpoints: [{ port: "metrics" }] },
    ].map((other) => ({ metadata, spec: other }));
    assert.deepEqual(monitorJobs({ ...objects, monitors: others }, port), []);
  });

  it("is part of the configuration when the API is in the cluster", async () => {
    const { config } = localPrometheus({ ...stackObjects(), ordersApi: await teamObjects() }, userPorts, "/data");
    const last = config.scrape_configs.at(-1);
    assert.deepEqual(last?.static_configs[0]?.targets, [`127.0.0.1:${userPorts.ordersApi}`]);
  });
});

describe("scrapeJobs", () => {
  it("has the job names and labels of a recorded configuration", function () {
    if (!existsSync(recording)) this.skip();
    const recorded = load(readFileSync(recording, "utf8")) as {
      scrape_configs: { job_name: string; relabel_configs: { target_label?: string }[] }[];
    };
    const jobs = scrapeJobs(stackObjects().collector, userPorts.collector);
    assert.deepEqual(
      jobs.map((job) => job.job_name),
      recorded.scrape_configs.map((job) => job.job_name),
    );
    for (const [index, job] of recorded.scrape_configs.entries()) {
      const labels = job.relabel_configs.map((rule) => rule.target_label ?? "__");
      // A node is only known of a target that is one.
      const wanted = new Set(labels.filter((label) => !label.startsWith("__") && label !== "node"));
      const given = Object.keys(jobs[index]?.static_configs[0]?.labels ?? {});
      assert.deepEqual(new Set(given), wanted);
    }
  });

  it("leaves out what no pipeline uses and what the operator would not scrape", () => {
    const { collector } = stackObjects();
    collector.spec.config.exporters["prometheus/unused"] = { endpoint: "0.0.0.0:1" };
    collector.spec.config.exporters["prometheus/with-a-long-name"] = { endpoint: "0.0.0.0:2" };
    collector.spec.config.service.pipelines.metrics?.exporters.push("prometheus/with-a-long-name");
    assert.equal(scrapeJobs(collector, {}).length, 2);
    collector.spec.observability.metrics.enableMetrics = false;
    assert.deepEqual(scrapeJobs(collector, {}), []);
  });
});
