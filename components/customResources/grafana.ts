import type {
  ContainerSecurityContext,
  EnvVar,
  LabelSelector,
  PersistentVolumeClaimSpec,
  PodSecurityContext,
  SecretKeySelector,
  TopologySpreadConstraint,
  Volume,
  VolumeMount,
} from "./common.ts";
import type { ResourceRequirements } from "../../catalog/containerResources.ts";

/** A container that ends before Grafana starts. */
export interface InitContainer {
  name: string;
  image: string;
  command: string[];
  env: EnvVar[];
  resources: ResourceRequirements;
  securityContext: ContainerSecurityContext;
  volumeMounts: VolumeMount[];
}

/** `spec` of a `grafana.integreatly.org/v1beta1` Grafana, with the fields that this stack sets. */
export interface GrafanaSpec {
  version: string;
  disableDefaultAdminSecret: boolean;
  config: Record<string, Record<string, string>>;
  persistentVolumeClaim?: { spec: PersistentVolumeClaimSpec };
  deployment: {
    spec: {
      /** @default 1 */
      replicas?: number;
      strategy?: { type: "Recreate" };
      template: {
        spec: {
          automountServiceAccountToken: boolean;
          securityContext?: PodSecurityContext;
          topologySpreadConstraints?: TopologySpreadConstraint[];
          initContainers?: InitContainer[];
          containers: {
            name: string;
            env: EnvVar[];
            resources: ResourceRequirements;
            /** Besides the operator's. */
            volumeMounts?: VolumeMount[];
          }[];
          volumes: Volume[];
        };
      };
    };
  };
}

/** `spec` of a `grafana.integreatly.org/v1beta1` GrafanaDatasource, with the fields that this stack sets. */
export interface GrafanaDatasourceSpec {
  instanceSelector: LabelSelector;
  /** Grafanas of other namespaces may take it too. */
  allowCrossNamespaceImport: boolean;
  uid: string;
  /** What the operator puts into the place of `${key}` in a field. @default nothing */
  valuesFrom?: { targetPath: string; valueFrom: { secretKeyRef: SecretKeySelector } }[];
  datasource: {
    name: string;
    type: "prometheus" | "jaeger" | "victoriametrics-logs-datasource";
    access: "proxy";
    url: string;
    isDefault?: boolean;
    jsonData?: Record<string, unknown>;
    /** Grafana encrypts what is in it. */
    secureJsonData?: Record<string, string>;
  };
}

/** `spec` of a `grafana.integreatly.org/v1beta1` GrafanaFolder, with the fields that this stack sets. */
export interface GrafanaFolderSpec {
  instanceSelector: LabelSelector;
  allowCrossNamespaceImport: boolean;
  uid: string;
  title: string;
}

/** `spec` of a `grafana.integreatly.org/v1beta1` GrafanaDashboard, with the fields that this stack sets. */
export interface GrafanaDashboardSpec {
  instanceSelector: LabelSelector;
  allowCrossNamespaceImport: boolean;
  uid: string;
  /** Name of the GrafanaFolder in the same namespace. */
  folderRef?: string;
  /** Uid of a folder that another namespace's GrafanaFolder has made. */
  folderUID?: string;
  /** The dashboard as Grafana exports it. */
  json: string;
}
