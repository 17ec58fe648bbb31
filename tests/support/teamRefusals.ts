import * as team from "./teamExamples.ts";
import type { TestObject } from "./testCluster.ts";

/** What a team may not make, each with what the policy says: by what is wrong with it. */

/** Specs of other objects for the platform's Grafana. */
export const grafana: Record<string, object> = {
  GrafanaDatasource: { datasource: { name: "x", type: "prometheus" } },
  GrafanaFolder: { title: "x" },
  GrafanaMuteTiming: { name: "x", time_intervals: [{ times: [{ start_time: "00:00", end_time: "01:00" }] }] },
  GrafanaNotificationPolicy: { route: { receiver: "x" } },
};

/** Fields of a dashboard. */
export const dashboards: [string, object, RegExp][] = [
  ["without uid", { uid: undefined }, /spec\.uid has to begin with shop_/],
  ["with the uid of ours", { uid: "fluffy-api" }, /spec\.uid has to begin with shop_/],
  ["with the uid of another team", { uid: "shopping_orders" }, /spec\.uid has to begin with shop_/],
  ["with a plugin", { plugins: [{ name: "clock", version: "1.0.0" }] }, /spec\.plugins may not be set/],
  ["from an address", { json: undefined, url: "http://example.org/d.json" }, /may not set url/],
  ["in the platform's folder", { folderUID: "fluffy-folder-platform" }, /folderUID may be fluffy-folder-appl/],
  ["in the platform's folder by title", { folder: "pLatform" }, /folder may not be one of the platform/],
  ["in a folder of its own making", { folderRef: "own" }, /folderRef may not be set/],
];

/** Rules, each beside an honest one. */
export const rules: [string, object, RegExp][] = [
  ["an alert without namespace", team.alert({ labels: { severity: "warning" } }), /OrdersFail: each alert needs/],
  ["an alert of another namespace", team.alert({ labels: { namespace: "other" } }), /OrdersFail: each alert needs/],
  ["a templated one", team.alert({ labels: { namespace: "{{ $labels.namespace }}" } }), /each alert needs the label/],
  ["an alert with a name of ours", team.alert({ alert: "CollectorUnavailable" }), /CollectorUnavailable: an alert may/],
  [
    "a record of what the platform says about itself",
    { record: "platform:available:bool", expr: "vector(1)" },
    /platform:available:bool: a recorded series may not begin with platform:, rule_group: or workload:/,
  ],
  ["a record over a scraped metric", { record: "up", expr: "vector(0)" }, /up: a recorded series needs a name with/],
  [
    "a record that the platform goes by for all services",
    { record: "service:evaluated:info", expr: "vector(1)", labels: { k8s_namespace_name: "shop" } },
    /service:evaluated:info: of the recorded service: series, rules of a team may make those of its own objectives/,
  ],
  [
    "another team's objective",
    { record: "service:slo_own:info", expr: "vector(1)", labels: { k8s_namespace_name: "other" } },
    /service:slo_own:info: a recorded service: series/,
  ],
];

/** Receivers of an AlertmanagerConfig; the files are harmless ones. */
export const receivers: [string, object, RegExp][] = [
  [
    "a file as Telegram's token",
    { telegramConfigs: [{ chatID: 1, botTokenFile: "/etc/hostname", apiURL: "http://example.org" }] },
    /a receiver may not name files/,
  ],
  [
    "a file as Pushover's key",
    { pushoverConfigs: [{ userKeyFile: "/etc/hostname", token: { name: "pushover", key: "token" } }] },
    /a receiver may not name files/,
  ],
];

/** Monitors. */
export const monitors: [string, TestObject, RegExp][] = [
  ["no sample limit", without("sampleLimit"), /spec\.sampleLimit is to be a number from 1 to 50000/],
  ["no target limit", without("targetLimit"), /spec\.targetLimit is to be/],
  ["no label limit", without("labelLimit"), /spec\.labelLimit is to be/],
  ["no body limit", without("bodySizeLimit"), /spec\.bodySizeLimit is to be/],
  ["a body limit too high", team.changed(team.serviceMonitor, { bodySizeLimit: "51MB" }), /bodySizeLimit is to be/],
  ["another namespace", team.changed(team.serviceMonitor, { namespaceSelector: { any: true } }), /own namespace only/],
  ["a file", team.monitorWith({ bearerTokenFile: "/etc/hostname" }), /may not name files/],
  ["a CA file", team.monitorWith({ tlsConfig: { caFile: "/etc/hostname" } }), /may not name files/],
  ["a proxy", team.monitorWith({ proxyUrl: "http://example.org" }), /make Prometheus ask any address/],
  ["another address", relabeled({ targetLabel: "__address__", replacement: "example.org" }), /may not write namespace/],
  ["another owner", relabeled({ targetLabel: "namespace", replacement: "other" }), /may not write namespace/],
  ["any label", relabeled({ action: "labelmap", regex: "a(.*)" }), /may not have the action labelmap/],
  ["no owner", relabeled({ action: "labeldrop", regex: "name.*" }), /may not take the label namespace away/],
  ["the target's word", team.monitorWith({ honorLabels: true }), /may not set honorLabels/],
  ["a Service's word", team.changed(team.serviceMonitor, { targetLabels: ["namespace"] }), /may not name namespace/],
];

function without(limit: string): TestObject {
  return team.changed(team.serviceMonitor, { [limit]: undefined });
}

function relabeled(rule: object): TestObject {
  return team.monitorWith({ relabelings: [rule] });
}
