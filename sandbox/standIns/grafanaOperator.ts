import type { ManifestObject } from "../../components/operators/manifest.ts";
import { operatorImages } from "../../components/versions.ts";
import { crd, operator } from "./objects.ts";
import { claimSpec, conditions, labelSelector, metadata, podTemplate, secretKey } from "./podSchemas.ts";
import { type Schema, boolean, integer, list, mapOf, object, open, string, time } from "./schema.ts";

const group = "grafana.integreatly.org";

const grafana = object({
  client: object({ preferIngress: boolean, timeout: integer }),
  config: { ...mapOf(mapOf(string)), "x-kubernetes-preserve-unknown-fields": true },
  deployment: object({
    metadata,
    spec: object({
      replicas: integer,
      selector: labelSelector,
      strategy: object({ type: string }),
      template: podTemplate,
    }),
  }),
  disableDefaultAdminSecret: boolean,
  disableDefaultSecurityContext: string,
  persistentVolumeClaim: object({ metadata, spec: claimSpec }),
  preferences: object({ homeDashboardUid: string }),
  service: object({ metadata, spec: object({ clusterIP: string, type: string }) }),
  suspend: boolean,
  version: string,
});

const grafanaStatus = object({
  adminUrl: string,
  conditions,
  dashboards: list(string),
  datasources: list(string),
  folders: list(string),
  lastMessage: string,
  stage: string,
  stageStatus: string,
  version: string,
});

/** What every object that goes into a Grafana has. */
const content: Record<string, Schema> = {
  allowCrossNamespaceImport: boolean,
  instanceSelector: labelSelector,
  resyncPeriod: string,
  suspend: boolean,
  uid: string,
};

const contentStatus: Record<string, Schema> = {
  NoMatchingInstances: boolean,
  conditions,
  hash: string,
  lastResync: time,
};

const plugins = list(object({ name: string, version: string }, ["name", "version"]));

const dashboard = object(
  {
    ...content,
    configMapRef: secretKey,
    datasources: list(object({ datasourceName: string, inputName: string }, ["datasourceName", "inputName"])),
    folder: string,
    folderRef: string,
    folderUID: string,
    gzipJson: { type: "string", format: "byte" },
    json: string,
    plugins,
    url: string,
  },
  ["instanceSelector"],
);

const datasource = object(
  {
    ...content,
    datasource: object({
      access: string,
      basicAuth: boolean,
      basicAuthUser: string,
      database: string,
      editable: boolean,
      isDefault: boolean,
      jsonData: open,
      name: string,
      orgId: integer,
      secureJsonData: open,
      type: string,
      uid: string,
      url: string,
      user: string,
    }),
    plugins,
    valuesFrom: list(
      object({ targetPath: string, valueFrom: object({ configMapKeyRef: secretKey, secretKeyRef: secretKey }) }, [
        "targetPath",
        "valueFrom",
      ]),
    ),
  },
  ["datasource", "instanceSelector"],
);

const folder = object(
  { ...content, parentFolderRef: string, parentFolderUID: string, permissions: string, title: string },
  ["instanceSelector"],
);

/** As upstream's file of CRDs. */
export function grafanaOperatorCrds(): ManifestObject[] {
  const kinds: Record<string, [Schema, Schema]> = {
    GrafanaDashboard: [dashboard, object({ ...contentStatus, uid: string })],
    GrafanaDatasource: [datasource, object({ ...contentStatus, uid: string })],
    GrafanaFolder: [folder, object(contentStatus)],
    Grafana: [grafana, grafanaStatus],
  };
  return Object.entries(kinds).map(([kind, [spec, status]]) =>
    crd({ group, kind, versions: [{ name: "v1beta1", spec, status }] }),
  );
}

/** The objects of upstream's chart, its CRDs left out. */
export function grafanaOperator(namespace: string): ManifestObject[] {
  return operator({
    name: "grafana-operator",
    namespace,
    image: operatorImages.grafanaOperator[0],
    args: ["--health-probe-bind-address=:8081", "--leader-elect"],
    apiGroups: [group, "apps"],
  });
}
