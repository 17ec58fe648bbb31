import type { ManifestObject } from "../../components/operators/manifest.ts";
import { operatorImages } from "../../components/versions.ts";
import { alertmanagerConfig } from "./alertmanagerConfig.ts";
import { monitors, prometheusRule } from "./monitors.ts";
import { type CrdArgs, crd, operator, service } from "./objects.ts";
import {
  claimSpec,
  conditions,
  labelSelector,
  metadata,
  podSecurityContext,
  resources,
  scheduling,
  secretKey,
  volumeMounts,
  volumes,
} from "./podSchemas.ts";
import { type Schema, boolean, intOrString, integer, list, mapOf, object, string } from "./schema.ts";

const group = "monitoring.coreos.com";

const storage = object({
  emptyDir: object({ medium: string, sizeLimit: intOrString }),
  volumeClaimTemplate: object({ metadata, spec: claimSpec }),
});

/** What Prometheus and Alertmanager share. */
const server: Record<string, Schema> = {
  configMaps: list(string),
  externalUrl: string,
  image: string,
  imagePullSecrets: list(object({ name: string })),
  logFormat: string,
  logLevel: string,
  paused: boolean,
  podMetadata: metadata,
  portName: { ...string, default: "web" },
  replicas: integer,
  resources,
  retention: string,
  routePrefix: string,
  secrets: list(string),
  securityContext: podSecurityContext,
  serviceAccountName: string,
  storage,
  version: string,
  volumeMounts,
  volumes,
  ...scheduling,
};

const serverStatus: Record<string, Schema> = {
  availableReplicas: integer,
  conditions,
  paused: boolean,
  replicas: integer,
  selector: string,
  unavailableReplicas: integer,
  updatedReplicas: integer,
};

const shardStatus = object({
  availableReplicas: integer,
  replicas: integer,
  shardID: string,
  unavailableReplicas: integer,
  updatedReplicas: integer,
});

const prometheus = object({
  ...server,
  alerting: object(
    {
      alertmanagers: list(
        object(
          {
            apiVersion: string,
            name: string,
            namespace: string,
            pathPrefix: string,
            port: intOrString,
            scheme: string,
          },
          ["name", "port"],
        ),
      ),
    },
    ["alertmanagers"],
  ),
  enableFeatures: list(string),
  enableOTLPReceiver: boolean,
  enableRemoteWriteReceiver: boolean,
  evaluationInterval: { ...string, default: "30s" },
  exemplars: object({ maxSize: integer }),
  externalLabels: mapOf(string),
  podMonitorNamespaceSelector: labelSelector,
  podMonitorSelector: labelSelector,
  probeNamespaceSelector: labelSelector,
  probeSelector: labelSelector,
  remoteWrite: list(
    object(
      {
        basicAuth: object({ password: secretKey, username: secretKey }),
        name: string,
        sendExemplars: boolean,
        url: string,
      },
      ["url"],
    ),
  ),
  retentionSize: string,
  ruleNamespaceSelector: labelSelector,
  ruleSelector: labelSelector,
  scrapeConfigNamespaceSelector: labelSelector,
  scrapeConfigSelector: labelSelector,
  scrapeInterval: { ...string, default: "30s" },
  scrapeTimeout: string,
  serviceMonitorNamespaceSelector: labelSelector,
  serviceMonitorSelector: labelSelector,
  shards: integer,
  walCompression: boolean,
});

const alertmanager = object({
  ...server,
  alertmanagerConfigMatcherStrategy: object({ type: string }),
  alertmanagerConfigNamespaceSelector: labelSelector,
  alertmanagerConfigSelector: labelSelector,
  alertmanagerConfiguration: object({ name: string }),
  configSecret: string,
});

const serverScale = (specReplicas: string, statusReplicas: string) => ({
  specReplicasPath: `.spec.${specReplicas}`,
  statusReplicasPath: `.status.${statusReplicas}`,
  labelSelectorPath: ".status.selector",
});

const kinds: Omit<CrdArgs, "group">[] = [
  {
    kind: "Alertmanager",
    shortNames: ["am"],
    versions: [
      { name: "v1", spec: alertmanager, status: object(serverStatus), scale: serverScale("replicas", "replicas") },
    ],
  },
  {
    kind: "Prometheus",
    plural: "prometheuses",
    shortNames: ["prom"],
    versions: [
      {
        name: "v1",
        spec: prometheus,
        status: object({ ...serverStatus, shards: integer, shardStatuses: list(shardStatus) }),
        scale: serverScale("shards", "shards"),
      },
    ],
  },
];

/** As upstream's release manifest: everything is in `default`. */
export function prometheusOperator(): ManifestObject[] {
  const name = "prometheus-operator";
  const [image, reloader] = operatorImages.prometheusOperator;
  return [
    ...[...kinds, alertmanagerConfig, ...monitors, prometheusRule].map((kind) => crd({ group, ...kind })),
    ...operator({
      name,
      namespace: "default",
      image,
      args: ["--kubelet-service=kube-system/kubelet", `--prometheus-config-reloader=${reloader}`],
      apiGroups: [group, "apps"],
    }),
    service(name, name, "default", 8080),
  ];
}
