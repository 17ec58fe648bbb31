import { usualMonitorLimits } from "../../components/tenancy/monitorLimits.ts";
import type { TestObject } from "./testCluster.ts";

/** Objects of a team as the README shows them, and others that differ from these in one field. */

const monitoring = "monitoring.coreos.com/v1";
const namespace = "shop";

/** A team's object with another spec. */
export function changed(object: TestObject, change: object): TestObject {
  return { ...object, spec: { ...(object["spec"] as object), ...change } };
}

export const serviceMonitor: TestObject = {
  apiVersion: monitoring,
  kind: "ServiceMonitor",
  metadata: { name: "orders", namespace },
  spec: { selector: { matchLabels: { app: "orders" } }, endpoints: [{ port: "http" }], ...usualMonitorLimits },
};

/** The same with one endpoint's fields besides the port. */
export function monitorWith(endpoint: object): TestObject {
  return changed(serviceMonitor, { endpoints: [{ port: "http", ...endpoint }] });
}

export const podMonitor: TestObject = {
  apiVersion: monitoring,
  kind: "PodMonitor",
  metadata: { name: "orders", namespace },
  spec: {
    selector: { matchLabels: { app: "orders" } },
    podMetricsEndpoints: [{ port: "http" }],
    ...usualMonitorLimits,
  },
};

/** A PrometheusRule with these rules. */
export function prometheusRule(...rules: object[]): TestObject {
  return {
    apiVersion: monitoring,
    kind: "PrometheusRule",
    metadata: { name: "orders", namespace },
    spec: { groups: [{ name: "orders", rules }] },
  };
}

/** An honest alert, with other fields. */
export function alert(change: object = {}): object {
  return {
    alert: "OrdersFail",
    expr: 'rate(orders_total{namespace="shop",outcome="failed"}[5m]) > 0.1',
    labels: { severity: "warning", namespace },
    ...change,
  };
}

/** An honest AlertmanagerConfig; its Secret need not be there for the API server. */
export const alertmanagerConfig: TestObject = {
  apiVersion: "monitoring.coreos.com/v1alpha1",
  kind: "AlertmanagerConfig",
  metadata: { name: "orders", namespace },
  spec: {
    route: { receiver: "team" },
    receivers: [{ name: "team", webhookConfigs: [{ url: "http://hook.shop.svc:8080/" }] }],
    inhibitRules: [
      {
        sourceMatch: [{ name: "alertname", value: "OrdersFail", matchType: "=" }],
        targetMatch: [{ name: "severity", value: "warning", matchType: "=" }],
      },
    ],
  },
};

/** The same with other fields of its receiver. */
export function receiver(fields: object): TestObject {
  return changed(alertmanagerConfig, { receivers: [{ name: "team", ...fields }] });
}

/** A dashboard for the platform's Grafana, with other fields. */
export function dashboard(change: object = {}): TestObject {
  return {
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind: "GrafanaDashboard",
    metadata: { name: "orders", namespace },
    spec: {
      instanceSelector: { matchLabels: { dashboards: "grafana" } },
      allowCrossNamespaceImport: true,
      uid: "shop_orders",
      json: JSON.stringify({ uid: "fluffy-api", title: "Orders", panels: [] }),
      ...change,
    },
  };
}

/** Another object for the platform's Grafana. */
export function grafanaObject(kind: string, spec: object): TestObject {
  return {
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind,
    metadata: { name: "orders", namespace },
    spec: { instanceSelector: { matchLabels: { dashboards: "grafana" } }, allowCrossNamespaceImport: true, ...spec },
  };
}

/** Objects that a team may not have at all, by kind. */
export const foreign: readonly TestObject[] = [
  { apiVersion: monitoring, kind: "Prometheus", metadata: { name: "own", namespace }, spec: {} },
  {
    apiVersion: "monitoring.coreos.com/v1alpha1",
    kind: "PrometheusAgent",
    metadata: { name: "own", namespace },
    spec: { remoteWrite: [{ url: "http://example.org" }] },
  },
  { apiVersion: monitoring, kind: "Alertmanager", metadata: { name: "own", namespace }, spec: {} },
  {
    apiVersion: monitoring,
    kind: "ThanosRuler",
    metadata: { name: "own", namespace },
    spec: { queryEndpoints: ["http://example.org"] },
  },
  {
    apiVersion: monitoring,
    kind: "Probe",
    metadata: { name: "own", namespace },
    spec: { prober: { url: "example.org" }, targets: { staticConfig: { static: ["example.org"] } } },
  },
  {
    apiVersion: "monitoring.coreos.com/v1alpha1",
    kind: "ScrapeConfig",
    metadata: { name: "own", namespace },
    spec: { staticConfigs: [{ targets: ["example.org:80"] }] },
  },
];

/** The object under another name. */
export function named(name: string, object: TestObject): TestObject {
  return { ...object, metadata: { ...object.metadata, name } };
}

/** A monitor that would send a file of Prometheus' to its target; a harmless file. */
export const fileMonitor = named("files", monitorWith({ bearerTokenFile: "/etc/hostname" }));

/** The same for Alertmanager. */
export const fileReceiver = named(
  "files",
  receiver({ telegramConfigs: [{ chatID: 1, botTokenFile: "/etc/hostname", apiURL: "http://example.org" }] }),
);

/** What a team could make before there were policies. */
export const older: readonly TestObject[] = [
  ...foreign,
  fileMonitor,
  fileReceiver,
  named("older", prometheusRule(alert({ labels: {} }))),
];

/** What a team brings that is as it should be. */
export const honest: readonly TestObject[] = [serviceMonitor, podMonitor, prometheusRule(alert()), alertmanagerConfig];
