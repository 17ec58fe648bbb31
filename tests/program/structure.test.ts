import assert from "node:assert/strict";
import type { ProgramRun, Registered } from "../../review/program/program.ts";
import { programRun } from "../../review/program/runs.ts";
import { tree } from "../support/tree.ts";
import { variants } from "../../review/program/variants.ts";
import { outline } from "./outline.ts";

/** The login to the metrics of a Grafana that has a host name. */
const publicGrafana = `
+    RandomPassword grafana-metrics
+    Secret grafana-metrics
-    ServiceMonitor ServiceMonitor-grafana
+    ServiceMonitor ServiceMonitor-grafana < Secret grafana-metrics`;

/** The lines in which a variant differs from the default; after `-` what is not there, after `+` what is. */
const differences: Readonly<Record<string, string>> = {
  "engine operator": `
+  JaegerOperator jaeger-operator < CertManager cert-manager
+    Release jaeger-operator
+    MutatingWebhookConfigurationPatch jaeger-operator-mutating-webhook-configuration < Release jaeger-operator
+    ValidatingWebhookConfigurationPatch jaeger-operator-validating-webhook-configuration < Release jaeger-operator
-    OpenTelemetryCollector OpenTelemetryCollector-jaeger < ServiceAccount jaeger, OpenTelemetryOperator opentelemetry-operator
+    Jaeger Jaeger-simplest < ServiceAccount jaeger, JaegerOperator jaeger-operator
+    ServiceMonitor ServiceMonitor-jaeger-operator
+    PodMonitor PodMonitor-jaeger`,
  "without cert-manager and the Prometheus operator": `
-  CertManager cert-manager
-    Release cert-manager
-  PrometheusOperator prometheus-operator
-    Release prometheus-operator
-  OpenTelemetryOperator opentelemetry-operator < CertManager cert-manager, PrometheusOperator prometheus-operator
+  OpenTelemetryOperator opentelemetry-operator
-    Prometheus Prometheus-prometheus < ClusterRoleBinding observability-prometheus, PrometheusOperator prometheus-operator
+    Prometheus Prometheus-prometheus < ClusterRoleBinding observability-prometheus
-  Alertmanager alertmanager < PrometheusOperator prometheus-operator
+  Alertmanager alertmanager
-  Rules rules < PrometheusOperator prometheus-operator
+  Rules rules
-  Monitors monitors < PrometheusOperator prometheus-operator, Prometheus prometheus
+  Monitors monitors < Prometheus prometheus
-    ServiceMonitor ServiceMonitor-prometheus-operator
-    ServiceMonitor ServiceMonitor-cert-manager
-  Namespace cert-manager
-  Namespace prometheus-operator`,
  "without Jaeger": `
-  Jaeger jaeger
-    ServiceAccount jaeger
-    OpenTelemetryCollector OpenTelemetryCollector-jaeger < ServiceAccount jaeger, OpenTelemetryOperator opentelemetry-operator
-    OpenTelemetryCollector OpenTelemetryCollector-otel < ServiceAccount otel, ClusterRoleBinding observability-otel, OpenTelemetryOperator opentelemetry-operator, Jaeger jaeger, Logs logs
+    OpenTelemetryCollector OpenTelemetryCollector-otel < ServiceAccount otel, ClusterRoleBinding observability-otel, OpenTelemetryOperator opentelemetry-operator, Logs logs`,
  "without Grafana": `
-  GrafanaOperator grafana-operator
-    Release grafana-operator-crds
-    Release grafana-operator < Release grafana-operator-crds
-  Grafana grafana
-    RandomPassword grafana-admin
-    Secret grafana-admin-credentials
-    Grafana Grafana-grafana < Secret grafana-admin-credentials, GrafanaOperator grafana-operator
-    GrafanaDatasource GrafanaDatasource-prometheus < Grafana Grafana-grafana
-    GrafanaDatasource GrafanaDatasource-jaeger < Grafana Grafana-grafana
-    GrafanaDatasource GrafanaDatasource-victoria-logs < Grafana Grafana-grafana
-  Dashboards dashboards < Grafana grafana
-    GrafanaFolder GrafanaFolder-fluffy-folder-applications
-    GrafanaFolder GrafanaFolder-fluffy-folder-platform
-    GrafanaDashboard GrafanaDashboard-fluffy-api < GrafanaFolder GrafanaFolder-fluffy-folder-applications
-    GrafanaDashboard GrafanaDashboard-fluffy-services < GrafanaFolder GrafanaFolder-fluffy-folder-applications
-    GrafanaDashboard GrafanaDashboard-fluffy-collector < GrafanaFolder GrafanaFolder-fluffy-folder-platform
-    GrafanaDashboard GrafanaDashboard-fluffy-platform < GrafanaFolder GrafanaFolder-fluffy-folder-platform
-    GrafanaDashboard GrafanaDashboard-fluffy-workloads < GrafanaFolder GrafanaFolder-fluffy-folder-applications
-    GrafanaDashboard GrafanaDashboard-fluffy-nodes < GrafanaFolder GrafanaFolder-fluffy-folder-platform
-    GrafanaDashboard GrafanaDashboard-fluffy-logs < GrafanaFolder GrafanaFolder-fluffy-folder-applications
-    ServiceMonitor ServiceMonitor-grafana
-    ServiceMonitor ServiceMonitor-grafana-operator
-  Namespace grafana-operator`,
  "without logs": `
-  Logs logs
-    ServiceAccount victoria-logs
-    Service victoria-logs
-    StatefulSet victoria-logs < ServiceAccount victoria-logs
-    GrafanaDatasource GrafanaDatasource-victoria-logs < Grafana Grafana-grafana
-    GrafanaDashboard GrafanaDashboard-fluffy-logs < GrafanaFolder GrafanaFolder-fluffy-folder-applications
-    ServiceMonitor ServiceMonitor-victoria-logs
-    ServiceMonitor ServiceMonitor-log-agent
-    ServiceMonitor ServiceMonitor-log-agent-counts
-  LogAgent log-agent
-    ServiceAccount logs
-    ClusterRole observability-node-agents-logs
-    ClusterRoleBinding observability-node-agents-logs < ServiceAccount logs, ClusterRole observability-node-agents-logs
-    OpenTelemetryCollector OpenTelemetryCollector-logs < ServiceAccount logs, ClusterRoleBinding observability-node-agents-logs, OpenTelemetryOperator opentelemetry-operator, Logs logs
-  Namespace observability-node-agents
-    OpenTelemetryCollector OpenTelemetryCollector-otel < ServiceAccount otel, ClusterRoleBinding observability-otel, OpenTelemetryOperator opentelemetry-operator, Jaeger jaeger, Logs logs
+    OpenTelemetryCollector OpenTelemetryCollector-otel < ServiceAccount otel, ClusterRoleBinding observability-otel, OpenTelemetryOperator opentelemetry-operator, Jaeger jaeger`,
  "logs elsewhere": `
-  Logs logs
-    ServiceAccount victoria-logs
-    Service victoria-logs
-    StatefulSet victoria-logs < ServiceAccount victoria-logs
-    GrafanaDatasource GrafanaDatasource-victoria-logs < Grafana Grafana-grafana
-    GrafanaDashboard GrafanaDashboard-fluffy-logs < GrafanaFolder GrafanaFolder-fluffy-folder-applications
-    ServiceMonitor ServiceMonitor-victoria-logs
-    OpenTelemetryCollector OpenTelemetryCollector-logs < ServiceAccount logs, ClusterRoleBinding observability-node-agents-logs, OpenTelemetryOperator opentelemetry-operator, Logs logs
+    OpenTelemetryCollector OpenTelemetryCollector-logs < ServiceAccount logs, ClusterRoleBinding observability-node-agents-logs, OpenTelemetryOperator opentelemetry-operator
-    OpenTelemetryCollector OpenTelemetryCollector-otel < ServiceAccount otel, ClusterRoleBinding observability-otel, OpenTelemetryOperator opentelemetry-operator, Jaeger jaeger, Logs logs
+    OpenTelemetryCollector OpenTelemetryCollector-otel < ServiceAccount otel, ClusterRoleBinding observability-otel, OpenTelemetryOperator opentelemetry-operator, Jaeger jaeger`,
  "without metrics of the cluster": `
-  ClusterMetrics cluster-metrics
-    ServiceAccount kube-state-metrics
-    ClusterRole observability-kube-state-metrics
-    ClusterRoleBinding observability-kube-state-metrics < ServiceAccount kube-state-metrics, ClusterRole observability-kube-state-metrics
-    Service kube-state-metrics
-    Deployment kube-state-metrics < ServiceAccount kube-state-metrics, ClusterRoleBinding observability-kube-state-metrics
-    PrometheusRule PrometheusRule-cluster
-    GrafanaDashboard GrafanaDashboard-fluffy-workloads < GrafanaFolder GrafanaFolder-fluffy-folder-applications
-    GrafanaDashboard GrafanaDashboard-fluffy-nodes < GrafanaFolder GrafanaFolder-fluffy-folder-platform
-    ServiceMonitor ServiceMonitor-kube-state-metrics`,
  "hosts behind oauth2-proxy": `${publicGrafana}
+  Access access < CertManager cert-manager
+    LoginProxies login-proxies
+      ServiceAccount oauth2-proxy
+      RandomPassword oauth2-proxy-cookie
+      Secret oauth2-proxy-cookie
+      Service oauth2-proxy-prometheus
+      Deployment oauth2-proxy-prometheus < ServiceAccount oauth2-proxy, Secret oauth2-proxy-cookie
+      Service oauth2-proxy-alertmanager
+      Deployment oauth2-proxy-alertmanager < ServiceAccount oauth2-proxy, Secret oauth2-proxy-cookie
+      Service oauth2-proxy-jaeger
+      Deployment oauth2-proxy-jaeger < ServiceAccount oauth2-proxy, Secret oauth2-proxy-cookie
+      Service oauth2-proxy-logs
+      Deployment oauth2-proxy-logs < ServiceAccount oauth2-proxy, Secret oauth2-proxy-cookie
+    Certificate Certificate-public-hosts
+    ReferenceGrant ReferenceGrant-public-hosts
+    HTTPRoute HTTPRoute-grafana < LoginProxies login-proxies
+    HTTPRoute HTTPRoute-prometheus < LoginProxies login-proxies
+    HTTPRoute HTTPRoute-alertmanager < LoginProxies login-proxies
+    HTTPRoute HTTPRoute-jaeger < LoginProxies login-proxies
+    HTTPRoute HTTPRoute-logs < LoginProxies login-proxies`,
  "hosts behind an Ingress controller that asks for a login": `${publicGrafana}
+  Access access < CertManager cert-manager
+    Issuer Issuer-public-hosts
+    Certificate Certificate-public-hosts < Issuer Issuer-public-hosts
+    Ingress grafana
+    Ingress prometheus
+    Ingress alertmanager
+    Ingress jaeger
+    Ingress logs`,
  "without metrics-server and the sample API": `
-  MetricsServer metrics-server
-    Release metrics-server
-SampleApi sample-api < Instrumentation instrumentation
-  InstrumentedApi python-api
-    ConfigMap python-api-injection
-    Deployment python-api
-    Service python-api
-  Namespace python-api`,
};

describe("the structure of the program", () => {
  it("is the outline, by default", async () => {
    assert.equal(`\n${tree(await programRun())}`, outline);
  });

  for (const [what, expected] of Object.entries(differences)) {
    it(`differs from the outline as its parts do: ${what}`, async () => {
      const found = tree(await programRun(variants[what])).split("\n");
      assert.deepEqual(withDifferences(outline.trim().split("\n"), expected.trim().split("\n")), found.sort());
    });
  }

  for (const [what, config] of Object.entries(variants)) {
    describe(what, () => {
      let run: ProgramRun;
      before(async () => {
        run = await programRun(config);
      });

      it("gives every resource of Kubernetes the explicit provider", () => {
        const own = /::pulumi:pulumi:Stack\$pulumi:providers:kubernetes::cluster::cluster-id$/;
        assert.deepEqual(
          kubernetesResources(run).filter(({ provider }) => !own.test(provider)),
          [],
        );
      });

      it("uses no name twice for a kind", () => {
        const labels = run.registered.map(({ label }) => label);
        assert.deepEqual(labels, [...new Set(labels)]);
      });

      it("registers under parents down to the stack", () => {
        const known = new Set(run.asked.map(({ label }) => label));
        const lost = run.asked.filter(({ parent }) => parent !== undefined && !known.has(parent));
        const top = run.asked.filter(({ parent }) => parent === undefined).map(({ type }) => type.split(":")[0]);
        assert.deepEqual([lost, new Set(top)], [[], new Set(["pulumi", "fluffy-observability"])]);
      });

      it("names every object, and the namespace of every namespaced one", () => {
        const clusterWide =
          /^(Namespace|ClusterRole|ClusterRoleBinding|ClusterIssuer|\w+WebhookConfigurationPatch|ValidatingAdmissionPolicy(Binding)?) /;
        for (const { label, inputs } of kubernetesResources(run)) {
          const { name, namespace } = (label.startsWith("Release ") ? inputs : inputs.metadata) as Metadata;
          assert.ok(name, `${label} has a name`);
          assert.equal(namespace === undefined, clusterWide.test(label), `${label} is in namespace ${namespace ?? ""}`);
        }
      });

      it("puts nothing into namespace default", () => {
        assert.ok(!JSON.stringify(run.registered.map(({ inputs }) => inputs)).includes('namespace":"default"'));
      });

      it("labels every object and every pod as Kubernetes recommends", () => {
        const labelled = kubernetesResources(run).filter(({ label }) => !/^(Release|\w+Patch) /.test(label));
        for (const { label, inputs } of labelled) {
          const { metadata, spec } = inputs as { metadata: Metadata; spec?: { template?: { metadata?: Metadata } } };
          checkLabels(label, metadata.labels);
          if (spec?.template?.metadata) checkLabels(`the pods of ${label}`, spec.template.metadata.labels);
        }
      });
    });
  }
});

interface Metadata {
  name?: string;
  namespace?: string;
  labels?: Record<string, string>;
}

function kubernetesResources(run: ProgramRun): Registered[] {
  const found = run.registered.filter(({ type }) => type.startsWith("kubernetes:"));
  assert.ok(found.length > 20);
  return found;
}

function checkLabels(what: string, labels: Record<string, string> = {}): void {
  for (const key of ["name", "component", "part-of", "managed-by"]) {
    assert.match(labels[`app.kubernetes.io/${key}`] ?? "", /^[a-z0-9]([\w.-]{0,61}[a-z0-9])?$/i, `${key} of ${what}`);
  }
}

function withDifferences(lines: readonly string[], changes: readonly string[]): string[] {
  const changed = (sign: string) => changes.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
  const removed = changed("-");
  for (const line of removed) assert.ok(lines.includes(line), `the outline has "${line}"`);
  return [...lines.filter((line) => !removed.includes(line)), ...changed("+")].sort();
}
