import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { userPorts } from "../../../sandbox/telemetry/loopback.ts";
import { localPrometheus, scrapeJobs } from "../../../sandbox/telemetry/prometheusConfig.ts";
import { stackObjects } from "../../../scripts/bench/renderedObjects.ts";
import { teamObjects } from "../../../review/program/teamObjects.ts";

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
      "--enable-feature=exemplar-storage,created-timestamp-zero-ingestion",
    ]);
  });

  it("scrapes the application's metrics, the collector's own, Jaeger's own, its own and Alertmanager's", () => {
    const { config } = localPrometheus(objects, userPorts, "/data");
    const targets = config.scrape_configs.map((job) => [job.job_name, job.static_configs[0]?.targets[0]]);
    assert.deepEqual(targets, [
      ["serviceMonitor/observability/applications/0", "127.0.0.1:8889"],
      ["serviceMonitor/observability/applications/1", "127.0.0.1:8890"],
      ["serviceMonitor/observability/applications/2", "127.0.0.1:8891"],
      ["serviceMonitor/observability/applications/3", "127.0.0.1:8892"],
      ["serviceMonitor/observability/applications/4", "127.0.0.1:8893"],
      ["serviceMonitor/observability/collector/0", "127.0.0.1:8888"],
      ["serviceMonitor/observability/prometheus/0", "127.0.0.1:9090"],
      ["serviceMonitor/observability/alertmanager/0", "127.0.0.1:9093"],
      ["serviceMonitor/observability/jaeger-monitoring-collector/0", "127.0.0.1:18888"],
    ]);
    assert.deepEqual(config.scrape_configs[0]?.static_configs[0]?.labels, {
      job: "otel-collector",
      namespace: "observability",
      service: "otel-collector",
      endpoint: "prometheus-hist",
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

describe("the jobs of a team's monitors", () => {
  const jobsWith = (ordersApi: Awaited<ReturnType<typeof teamObjects>>) =>
    scrapeJobs({ ...stackObjects(), ordersApi }, userPorts).slice(scrapeJobs(stackObjects(), userPorts).length);

  it("scrape an API as its ServiceMonitor says", async () => {
    assert.deepEqual(jobsWith(await teamObjects()), [
      {
        job_name: "serviceMonitor/team-api/orders-api/0",
        static_configs: [
          {
            targets: [`127.0.0.1:${userPorts.ordersApi}`],
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

  it("are none of what selects another Service, another namespace or another port", async () => {
    const objects = await teamObjects();
    const { spec, metadata } = objects.monitors[0] ?? assert.fail("no monitor");
    const others = [
      { ...spec, selector: { matchLabels: { "app.kubernetes.io/name": "other" } } },
      { ...spec, namespaceSelector: { matchNames: ["other"] } },
      { ...spec, endpoints: [{ port: "metrics" }] },
    ].map((other) => ({ metadata, spec: other }));
    assert.deepEqual(jobsWith({ ...objects, monitors: others }), []);
  });
});

describe("the jobs of collectors", () => {
  const jobs = scrapeJobs(stackObjects(), userPorts);
  const recorded = existsSync(recording)
    ? (
        load(readFileSync(recording, "utf8")) as {
          scrape_configs: { job_name: string; relabel_configs: { target_label?: string }[] }[];
        }
      ).scrape_configs
    : undefined;

  it("have the labels of a recorded configuration", function () {
    if (recorded === undefined) this.skip();
    const pairs = { "otel-collector": jobs[0], "otel-monitoring-collector": jobs.at(-1) };
    for (const [monitor, job] of Object.entries(pairs)) {
      const rules: { target_label?: string }[] =
        recorded.find(({ job_name }) => job_name.includes(`/${monitor}/`))?.relabel_configs ?? [];
      const labels = rules.map((rule) => rule.target_label ?? "__");
      // A node is only known of a target that is one.
      const wanted = new Set(labels.filter((label) => !label.startsWith("__") && label !== "node"));
      assert.deepEqual(new Set(Object.keys(job?.static_configs[0]?.labels ?? {})), wanted, monitor);
    }
  });

  it("are there for the second tier too, by its own name", () => {
    const sampling = {
      collector: JSON.stringify({ tailSampling: { enabled: true } }),
      instrumentation: JSON.stringify({ samplingRatio: 1 }),
    };
    const selfOf = (job: string) => ({ job, pod: job.replace("-monitoring", "-0") });
    const found = scrapeJobs(stackObjects(sampling), userPorts).flatMap(({ static_configs: [target] }) =>
      target?.labels["endpoint"] === "monitoring" ? [[target.targets, target.labels] as const] : [],
    );
    assert.deepEqual(
      found.map(([targets, { job, pod }]) => [targets[0], { job, pod }]),
      [
        ["127.0.0.1:8888", selfOf("otel-collector-monitoring")],
        ["127.0.0.1:38888", selfOf("otel-sampling-collector-monitoring")],
        ["127.0.0.1:18888", selfOf("jaeger-collector-monitoring")],
      ],
    );
  });

  it("leave out of what applications sent which pod of the collector showed it, and of nothing else", () => {
    const relabelled = jobs.filter((job) => job.metric_relabel_configs !== undefined);
    assert.deepEqual(
      relabelled.map((job) => [job.static_configs[0]?.labels["endpoint"], job.track_timestamps_staleness]),
      ["prometheus-hist", "prometheus-sum", "prometheus-now"].map((endpoint) => [endpoint, true]),
    );
    assert.deepEqual(relabelled[0]?.metric_relabel_configs, [{ action: "labeldrop", regex: "pod|instance" }]);
  });

  it("are none of what no pipeline uses, of another collector, or of what the operator would not scrape", () => {
    const changed = stackObjects();
    const names = () => scrapeJobs(changed, userPorts).map((job) => job.job_name.split("/")[2]);
    const { exporters, service } = changed.collector.spec.config;
    exporters["prometheus/with-a-long-name"] = { endpoint: "0.0.0.0:2" };
    service.pipelines["metrics/spans"]?.exporters.push("prometheus/with-a-long-name");
    assert.equal(names().length, jobs.length);
    changed.collector.metadata.name = "other";
    assert.deepEqual(names(), ["prometheus", "alertmanager", "jaeger-monitoring-collector"]);
    changed.jaeger.spec.observability.metrics.enableMetrics = false;
    assert.deepEqual(names(), ["prometheus", "alertmanager"]);
  });
});
