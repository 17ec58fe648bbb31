import type { ResourceRequirements } from "../../catalog/containerResources.ts";

/** Pieces of Kubernetes' own API that the custom resources take, with the fields that this stack sets. */

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: "In" | "NotIn"; values: string[] }[];
}

export interface TopologySpreadConstraint {
  maxSkew: number;
  topologyKey: string;
  whenUnsatisfiable: "ScheduleAnyway";
  labelSelector: LabelSelector;
}

export interface SecretKeySelector {
  name: string;
  key: string;
}

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: SecretKeySelector; fieldRef?: { apiVersion: "v1"; fieldPath: string } };
}

export interface PersistentVolumeClaimSpec {
  accessModes?: string[];
  resources?: ResourceRequirements;
}

export interface Volume {
  name: string;
  persistentVolumeClaim?: { claimName: string };
  emptyDir?: { sizeLimit: string };
  /** Without items all keys are files of their names. */
  secret?: { secretName: string; items?: { key: string; path: string }[] };
  /** A folder of the node. */
  hostPath?: { path: string; type: "Directory" | "DirectoryOrCreate" };
}

export interface VolumeMount {
  name: string;
  mountPath: string;
  readOnly?: boolean;
}

export interface PodSecurityContext {
  fsGroup?: number;
  fsGroupChangePolicy?: "OnRootMismatch";
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  runAsUser?: number;
  seccompProfile?: { type: string };
}

export interface ContainerSecurityContext {
  allowPrivilegeEscalation?: boolean;
  capabilities?: { drop?: string[] };
  privileged?: boolean;
  readOnlyRootFilesystem?: boolean;
  runAsNonRoot?: boolean;
  runAsUser?: number;
  runAsGroup?: number;
  seccompProfile?: { type: string };
}
