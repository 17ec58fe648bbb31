import assert from "node:assert/strict";
import { prometheusSpec } from "../../../components/backends/prometheus.ts";
import { parseSettings } from "../../../settings/read.ts";
import { find, programRun } from "../../../review/program/runs.ts";

const specFor = (prometheus: object = {}, tenancy: object = {}) =>
  prometheusSpec(parseSettings({ prometheus: JSON.stringify(prometheus), tenancy: JSON.stringify(tenancy) }));

describe("prometheusSpec", () => {
  it("takes what the settings say", () => {
    const { replicas, retention, scrapeInterval, resources } = specFor({
      replicas: 2,
      retention: "30d",
      scrapeInterval: "15s",
      memoryLimit: "8Gi",
    });
    assert.deepEqual([replicas, retention, scrapeInterval, resources.limits], [2, "30d", "15s", { memory: "8Gi" }]);
  });

  it("says of which cluster and environment its series are, where the settings do", () => {
    const cluster = JSON.stringify({ name: "eu-1", environment: "test" });
    assert.deepEqual(prometheusSpec(parseSettings({ cluster })).externalLabels, {
      k8s_cluster_name: "eu-1",
      deployment_environment_name: "test",
    });
    assert.ok(!("externalLabels" in specFor()));
  });

  it("looks for monitors and rules in every namespace, for what asks any address in trusted ones only", () => {
    const selectors = Object.entries(specFor()).filter(([field]) => field.endsWith("Selector"));
    assert.deepEqual(
      selectors
        .map(([field]) => field.replace(/(Namespace)?Selector$/, ""))
        .filter((kind, at, all) => all.indexOf(kind) === at),
      ["serviceMonitor", "podMonitor", "probe", "scrapeConfig", "rule"],
    );
    assert.equal(selectors.length, 10);
    // An empty selector takes everything; none at all takes nothing.
    const narrow = selectors.filter(([, selector]) => Object.keys(selector as object).length > 0);
    assert.deepEqual(
      narrow.map(([field]) => field),
      ["probeNamespaceSelector", "scrapeConfigNamespaceSelector"],
    );
    const { probeNamespaceSelector } = specFor({}, { trustedNamespaces: ["ingress"] });
    assert.deepEqual(probeNamespaceSelector.matchExpressions, [
      { key: "kubernetes.io/metadata.name", operator: "In", values: ["observability", "ingress"] },
    ]);
  });

  it("reads no file for a monitor, and is not reloaded by who can reach it", () => {
    assert.deepEqual(specFor().arbitraryFSAccessThroughSMs, { deny: true });
    assert.equal(specFor().reloadStrategy, "ProcessSignal");
  });

  it("keeps exemplars", () => {
    assert.ok(specFor().enableFeatures.includes("exemplar-storage"));
    assert.ok(specFor().exemplars.maxSize > 0);
  });

  it("keeps samples on a volume only where there is one, and not until it is full", () => {
    const { storage, retentionSize } = specFor({ volumeSize: "10Gi" });
    assert.deepEqual(storage.volumeClaimTemplate?.spec.resources, { requests: { storage: "10Gi" } });
    assert.equal(retentionSize, "8704MiB");
  });

  it("fills no node without a volume: the oldest samples go before it would be evicted", () => {
    const { storage, retentionSize } = specFor();
    assert.deepEqual([storage, retentionSize], [{ emptyDir: { sizeLimit: "10Gi" } }, "8704MiB"]);
  });

  it("sends alerts to the stack's Alertmanager", () => {
    assert.deepEqual(specFor().alerting.alertmanagers, [
      { namespace: "observability", name: "alertmanager-operated", port: "web", apiVersion: "v2" },
    ]);
  });
});

describe("Prometheus", () => {
  it("may read what it needs to find targets, in the whole cluster, and change nothing", async () => {
    const run = await programRun();
    const { rules } = find(run, "ClusterRole", "observability-prometheus").inputs as { rules: { verbs: string[] }[] };
    assert.deepEqual([...new Set(rules.flatMap(({ verbs }) => verbs))].sort(), ["get", "list", "watch"]);
    assert.ok(!JSON.stringify(rules).includes("secrets"));
  });

  it("may list what the operator discovers targets by, and no more", async () => {
    const { rules } = find(await programRun(), "ClusterRole", "observability-prometheus").inputs as {
      rules: { apiGroups?: string[]; resources?: string[]; verbs: string[] }[];
    };
    const listed = rules
      .filter(({ verbs }) => ["get", "list", "watch"].every((verb) => verbs.includes(verb)))
      .flatMap(({ apiGroups = [], resources = [] }) =>
        resources.map((resource) => `${apiGroups.join(",")}/${resource}`),
      );
    assert.deepEqual(listed.sort(), ["/endpoints", "/pods", "/services"]);
  });

  it("runs under the account that has these rights", async () => {
    const run = await programRun();
    const { subjects, roleRef } = find(run, "ClusterRoleBinding", "observability-prometheus").inputs;
    assert.deepEqual(subjects, [{ kind: "ServiceAccount", name: "prometheus", namespace: "observability" }]);
    assert.equal((roleRef as { name: string }).name, "observability-prometheus");
    const { metadata } = find(run, "ServiceAccount", specFor().serviceAccountName).inputs;
    assert.equal((metadata as { namespace: string }).namespace, "observability");
  });

  it("has one address, by which whoever asks stays with one of its pods, found by the operator's labels", async () => {
    const run = await programRun();
    const { spec, metadata } = find(run, "Service", "prometheus").inputs as {
      spec: { sessionAffinity: string; clusterIP?: string; selector: object };
      metadata: { namespace: string; annotations: Record<string, string> };
    };
    assert.deepEqual([spec.sessionAffinity, spec.clusterIP], ["ClientIP", undefined]);
    assert.deepEqual(spec.selector, {
      "app.kubernetes.io/name": "prometheus",
      "app.kubernetes.io/instance": "prometheus",
    });
    // The pods come after the program has ended: waited for, `up` would not return.
    assert.deepEqual(metadata.annotations, { "pulumi.com/skipAwait": "true" });
    const { datasource } = find(run, "GrafanaDatasource", "GrafanaDatasource-prometheus").inputs["spec"] as {
      datasource: { url: string };
    };
    const jaeger = JSON.stringify(find(run, "OpenTelemetryCollector", "OpenTelemetryCollector-jaeger").inputs);
    const url = "http://prometheus.observability.svc:9090";
    assert.deepEqual([datasource.url, run.outputs["prometheusUrl"]], [url, url]);
    assert.ok(jaeger.includes(url));
  });
});
