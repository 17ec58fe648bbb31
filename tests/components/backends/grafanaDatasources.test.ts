import assert from "node:assert/strict";
import { versions } from "../../../catalog/versions.ts";
import { grafanaDatasources, logsPlugin } from "../../../components/backends/grafanaDatasources.ts";

const args = {
  prometheus: { url: "http://prometheus:9090" },
  jaeger: { url: "http://jaeger:16686" },
  logs: { url: "http://logs:9428" },
  sampleInterval: 60,
  allowCrossNamespaceImport: false,
};

describe("grafanaDatasources", () => {
  const [prometheus, jaeger, logs, ...others] = grafanaDatasources(args);

  it("are Prometheus, the default, Jaeger and the logs, under uids that dashboards know", () => {
    assert.deepEqual(others, []);
    assert.deepEqual(
      [prometheus?.uid, prometheus?.datasource.url, prometheus?.datasource.isDefault],
      ["prometheus", args.prometheus.url, true],
    );
    assert.deepEqual([jaeger?.uid, jaeger?.datasource.url], ["jaeger", args.jaeger.url]);
    assert.deepEqual([logs?.uid, logs?.datasource.url], ["victoria-logs", args.logs.url]);
  });

  it("have no logs where no store is made, and no way to them", () => {
    const [, withoutLogs, ...none] = grafanaDatasources({ ...args, logs: undefined });
    assert.deepEqual(none, []);
    assert.doesNotMatch(JSON.stringify(withoutLogs), /Logs/);
  });

  it("check what is over TLS by the CA, which the operator takes from a Secret", () => {
    const prometheus = { url: "https://prometheus:9090", caSecret: "prometheus-tls" };
    const [encrypted, plain] = grafanaDatasources({ ...args, prometheus });
    assert.deepEqual(encrypted?.valuesFrom, [
      {
        targetPath: "secureJsonData.tlsCACert",
        valueFrom: { secretKeyRef: { name: "prometheus-tls", key: "ca.crt" } },
      },
    ]);
    assert.deepEqual(encrypted.datasource.secureJsonData, { tlsCACert: "${ca.crt}" });
    assert.equal(encrypted.datasource.jsonData?.["tlsAuthWithCACert"], true);
    assert.doesNotMatch(JSON.stringify(plain), /tls|valuesFrom|secureJsonData/);
  });

  it("bring the plug-in that Grafana lacks", () => {
    assert.equal(logsPlugin, `${logs?.datasource.type}@${versions.victoriaLogsDatasource}`);
  });

  it("lead from a span to its log lines, and from a line to its trace", () => {
    const { tracesToLogsV2 } = jaeger?.datasource.jsonData ?? {};
    assert.equal((tracesToLogsV2 as { datasourceUid: string }).datasourceUid, logs?.uid);
    const [field] = logs?.datasource.jsonData?.["derivedFields"] as { matcherRegex: string; datasourceUid: string }[];
    assert.deepEqual([field?.matcherRegex, field?.datasourceUid], ["trace_id", jaeger?.uid]);
  });

  it("tell the severity of a line by its number", () => {
    type Rule = { field: string; operator: string; value: number; level: string };
    const rules = logs?.datasource.jsonData?.["logLevelRules"] as Rule[];
    // As the plug-in goes through them: the first that holds.
    const levelOf = (severity: number) => rules.find(({ value }) => severity > value)?.level;
    assert.deepEqual([0, 1, 5, 9, 13, 17, 21].map(levelOf), [
      undefined,
      "trace",
      "debug",
      "info",
      "warning",
      "error",
      "critical",
    ]);
    for (const { field, operator } of rules) assert.deepEqual([field, operator], ["severity_number", "greaterThan"]);
  });

  it("lead from an exemplar to its trace", () => {
    // The collector's exporter names the label so.
    assert.deepEqual(prometheus?.datasource.jsonData?.["exemplarTraceIdDestinations"], [
      { name: "trace_id", datasourceUid: jaeger?.uid },
    ]);
  });

  it("lead from a span to its metrics, and draw the trace as a graph", () => {
    const { nodeGraph, tracesToMetrics } = jaeger?.datasource.jsonData ?? {};
    assert.deepEqual(nodeGraph, { enabled: true });
    assert.equal((tracesToMetrics as { datasourceUid: string }).datasourceUid, prometheus?.uid);
  });

  it("tell Grafana how far samples are apart", () => {
    assert.equal(prometheus?.datasource.jsonData?.["timeInterval"], "60s");
  });

  it("go to other namespaces when the settings say so", () => {
    for (const allowCrossNamespaceImport of [false, true]) {
      for (const spec of grafanaDatasources({ ...args, allowCrossNamespaceImport })) {
        assert.equal(spec.allowCrossNamespaceImport, allowCrossNamespaceImport);
        assert.deepEqual(spec.instanceSelector, { matchLabels: { dashboards: "grafana" } });
      }
    }
  });
});
