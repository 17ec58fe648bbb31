import assert from "node:assert/strict";
import { programRun } from "../../review/program/runs.ts";
import { off, variants } from "../../review/program/variants.ts";

describe("outputs", function () {
  this.slow(1000);

  it("are those that users and other stacks are promised", async () => {
    const { outputs } = await programRun();
    const { portForwards, versions, images, dashboards, alertReceivers, instrumentationHash, ...others } = outputs;
    assert.deepEqual(others, {
      jaegerUrl: "http://jaeger-collector-extension.observability.svc:16686",
      logsUrl: "http://victoria-logs.observability.svc:9428",
      prometheusUrl: "http://prometheus.observability.svc:9090",
      alertmanagerUrl: "http://alertmanager-operated.observability.svc:9093",
      grafanaUrl: "http://grafana-service.observability.svc:3000",
      publicUrls: { grafana: null, prometheus: null, alertmanager: null, jaeger: null, logs: null },
      grafanaAdminSecret: { namespace: "observability", name: "grafana-admin-credentials" },
      collectorOtlpGrpc: "otel-collector.observability.svc:4317",
      collectorOtlpHttp: "http://otel-collector.observability.svc:4318",
      instrumentation: "observability/python",
      sampleApiUrl: "http://python-api.python-api.svc:8000",
    });
    assert.match(String(instrumentationHash), /^[0-9a-f]{12}$/);
    for (const value of [portForwards, versions, images, dashboards, alertReceivers])
      assert.ok(Object.keys(value as object).length > 0);
  });

  it("say the port that users know each endpoint by", async () => {
    const { outputs } = await programRun();
    const forwards = Object.entries(outputs["portForwards"] as Record<string, string>);
    assert.deepEqual(
      forwards.map(([name, command]) => [name, /(\d+):\d+$/.exec(command)?.[1]]),
      [
        ["jaeger", "16686"],
        ["prometheus", "9090"],
        ["alertmanager", "9093"],
        ["logs", "9428"],
        ["grafana", "3000"],
        ["sampleApi", "8000"],
      ],
    );
  });

  it("are the same for both engines, but for Jaeger's Service", async () => {
    const [v2, v1] = [await programRun(), await programRun({ jaegerEngine: "operator" })];
    const differing = Object.keys(v2.outputs).filter(
      (name) => JSON.stringify(v2.outputs[name]) !== JSON.stringify(v1.outputs[name]),
    );
    assert.deepEqual(differing.sort(), ["images", "jaegerUrl", "portForwards", "versions"]);
    assert.deepEqual(Object.keys(v1.outputs), Object.keys(v2.outputs));
  });

  it("point elsewhere where the settings do", async () => {
    const { outputs } = await programRun(variants["without Jaeger"]);
    assert.equal(outputs["jaegerUrl"], "https://jaeger.example.org");
    assert.ok(!("jaeger" in (outputs["portForwards"] as object)));
    const { outputs: logs } = await programRun(variants["logs elsewhere"]);
    assert.equal(logs["logsUrl"], "https://logs.example.org");
    assert.ok(!("logs" in (logs["portForwards"] as object)));
  });

  it("have the public URLs of what has a host name, beside those inside the cluster", async () => {
    const { outputs } = await programRun(variants["hosts behind oauth2-proxy"]);
    assert.deepEqual(outputs["publicUrls"], {
      grafana: "https://grafana.example.org",
      prometheus: "https://prometheus.example.org",
      alertmanager: "https://alertmanager.example.org",
      jaeger: "https://jaeger.example.org",
      logs: "https://logs.example.org/select/vmui/",
    });
    assert.equal(outputs["prometheusUrl"], "http://prometheus.observability.svc:9090");
  });

  it("are null for what is not there", async () => {
    const { outputs: withoutGrafana } = await programRun(variants["without Grafana"]);
    for (const name of ["grafanaUrl", "grafanaAdminSecret"]) assert.equal(withoutGrafana[name], null);
    const { outputs } = await programRun({ parts: off("sampleApi"), grafana: "{}" });
    assert.equal(outputs["sampleApiUrl"], null);
    const { outputs: withoutLogs } = await programRun(variants["without logs"]);
    assert.equal(withoutLogs["logsUrl"], null);
  });
});
