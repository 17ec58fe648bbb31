import type {
  LabelSelector,
  PersistentVolumeClaimSpec,
  PodSecurityContext,
  TopologySpreadConstraint,
} from "./common.ts";
import type { ResourceRequirements } from "../../catalog/containerResources.ts";

/** Where a pod of Prometheus or Alertmanager keeps its data: a volume claim for each, or a folder of the node that goes with the pod. */
export interface Storage {
  volumeClaimTemplate?: { spec: PersistentVolumeClaimSpec };
  emptyDir?: { sizeLimit: string };
}

/** A key of a Secret in the same namespace. */
interface SecretKey {
  name: string;
  key: string;
}

/** Certificate of an endpoint of Prometheus' or Alertmanager's own, both keys of a Secret in the same namespace. */
export interface WebSpec {
  tlsConfig: { cert: { secret: SecretKey }; keySecret: SecretKey };
}

/** Where Prometheus sends its alerts. */
interface AlertmanagerEndpoint {
  namespace: string;
  name: string;
  port: string;
  apiVersion: "v2";
  scheme?: "https";
  tlsConfig?: { caFile: string; serverName: string };
}

/** A store elsewhere that Prometheus sends its samples to. */
export interface RemoteWriteSpec {
  url: string;
  /** Exemplars lead from what is stored there to a trace too. */
  sendExemplars: boolean;
  basicAuth?: { username: SecretKey; password: SecretKey };
  authorization?: { credentials: SecretKey };
  /** @default the CAs of Prometheus' image */
  tlsConfig?: { ca: { secret: SecretKey } };
}

/** `spec` of a `monitoring.coreos.com/v1` Prometheus, with the fields that this stack sets. */
export interface PrometheusSpec {
  image: string;
  version: string;
  replicas: number;
  /** @default 1 */
  shards?: number;
  topologySpreadConstraints?: TopologySpreadConstraint[];
  serviceAccountName: string;
  retention: string;
  scrapeInterval: string;
  /** @default that of its Service */
  externalUrl?: string;
  /** @default none besides the operator's */
  externalLabels?: Record<string, string>;
  /** "" adds none. @default "prometheus_replica" */
  replicaExternalLabelName?: string;
  enableFeatures: string[];
  exemplars: { maxSize: number };
  resources: ResourceRequirements;
  securityContext: PodSecurityContext;
  storage: Storage;
  retentionSize: string;
  arbitraryFSAccessThroughSMs: { deny: boolean };
  reloadStrategy: "ProcessSignal";
  sampleLimit: number;
  bodySizeLimit: string;
  /** @default none */
  remoteWrite?: RemoteWriteSpec[];
  alerting: { alertmanagers: AlertmanagerEndpoint[] };
  /** @default without TLS */
  web?: WebSpec;
  /** Secrets whose keys it has as files. @default none */
  secrets?: string[];
  /** What monitors may refer to by a name. @default none */
  scrapeClasses?: { name: string; tlsConfig: { caFile: string } }[];
  serviceMonitorSelector: LabelSelector;
  serviceMonitorNamespaceSelector: LabelSelector;
  podMonitorSelector: LabelSelector;
  podMonitorNamespaceSelector: LabelSelector;
  probeSelector: LabelSelector;
  probeNamespaceSelector: LabelSelector;
  scrapeConfigSelector: LabelSelector;
  scrapeConfigNamespaceSelector: LabelSelector;
  /** @default no rule is taken */
  ruleSelector?: LabelSelector;
  ruleNamespaceSelector: LabelSelector;
}

/** `spec` of a `monitoring.coreos.com/v1` Alertmanager, with the fields that this stack sets. */
export interface AlertmanagerSpec {
  image: string;
  version: string;
  replicas: number;
  topologySpreadConstraints?: TopologySpreadConstraint[];
  /** @default that of its Service */
  externalUrl?: string;
  automountServiceAccountToken: boolean;
  resources: ResourceRequirements;
  securityContext: PodSecurityContext;
  storage: Storage;
  /** @default without TLS */
  web?: WebSpec;
  /** The AlertmanagerConfig, in the same namespace, that its configuration starts from. */
  alertmanagerConfiguration: { name: string };
  alertmanagerConfigSelector: LabelSelector;
  alertmanagerConfigNamespaceSelector: LabelSelector;
}
