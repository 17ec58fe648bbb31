import type {
  ContainerSecurityContext,
  EnvVar,
  PersistentVolumeClaimSpec,
  PodSecurityContext,
  TopologySpreadConstraint,
  Volume,
  VolumeMount,
} from "./common.ts";
import type { ResourceRequirements } from "../../catalog/containerResources.ts";

/** A pipeline of the collector: which components spans or metrics pass, by their ids. */
export interface Pipeline {
  receivers: string[];
  processors?: string[];
  exporters: string[];
}

/** The collector's own configuration; each component's part is free-form for the operator. */
export interface CollectorConfig {
  receivers: Record<string, unknown>;
  processors?: Record<string, unknown>;
  connectors?: Record<string, unknown>;
  exporters: Record<string, unknown>;
  extensions?: Record<string, unknown>;
  service: {
    extensions?: string[];
    telemetry?: Record<string, unknown>;
    pipelines: Record<string, Pipeline>;
  };
}

/** Nodes, by their labels. */
export interface NodeSelectorTerm {
  matchExpressions: { key: string; operator: "In" | "NotIn"; values: string[] }[];
}

/** `spec` of an `opentelemetry.io/v1beta1` OpenTelemetryCollector, with the fields that this stack sets. */
export interface OpenTelemetryCollectorSpec {
  mode: "deployment" | "statefulset" | "daemonset";
  image: string;
  /** Not of a DaemonSet. */
  replicas?: number;
  /** Not of a DaemonSet; the operator makes a HorizontalPodAutoscaler of it. */
  autoscaler?: { minReplicas: number; maxReplicas: number; targetCPUUtilization: number };
  /** Arguments of the program, by name without dashes. */
  args?: Record<string, string>;
  /** Taints of nodes that its pods run on all the same. */
  tolerations?: { operator: "Exists" }[];
  affinity?: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: NodeSelectorTerm[] } };
  };
  /** What the operator makes a PodDisruptionBudget of. */
  podDisruptionBudget?: { maxUnavailable: number };
  topologySpreadConstraints?: TopologySpreadConstraint[];
  /** How long the program may take to start: the operator asks its health check. */
  startupProbe?: { periodSeconds: number; failureThreshold: number };
  /** Account of the pods. */
  serviceAccount: string;
  resources: ResourceRequirements;
  /** `ClientIP` keeps an application on one pod of the collector. */
  sessionAffinity?: "ClientIP";
  deploymentUpdateStrategy?: { type: "Recreate" };
  podSecurityContext?: PodSecurityContext;
  securityContext?: ContainerSecurityContext;
  env?: EnvVar[];
  volumes?: Volume[];
  volumeMounts?: VolumeMount[];
  volumeClaimTemplates?: { metadata: { name: string }; spec: PersistentVolumeClaimSpec }[];
  observability: { metrics: { enableMetrics: boolean } };
  /** The operator's own policy lets everybody in, and policies add up. @default enabled */
  networkPolicy?: { enabled: false };
  config: CollectorConfig;
}

/** What the operator injects for one language. */
export interface LanguageInstrumentation {
  image: string;
  /** Of the injected container. */
  resourceRequirements: ResourceRequirements;
  env: EnvVar[];
}

/** Java's says the same by another name. */
export interface JavaInstrumentation {
  image: string;
  resources: ResourceRequirements;
  env: EnvVar[];
}

/** Go's is injected as a container beside the program. */
export interface GoInstrumentation extends LanguageInstrumentation {
  securityContext: ContainerSecurityContext;
}

/** `spec` of an `opentelemetry.io/v1alpha1` Instrumentation, with the fields that this stack sets. */
export interface InstrumentationSpec {
  /** The Secret is one of the pod's namespace, the file a key of it. */
  exporter: { endpoint: string; tls?: { secretName: string; ca_file: string } };
  /** Has the pod's uid in what it sends, by which it is known wherever it comes through. */
  resource: { addK8sUIDAttributes: true };
  propagators: ("tracecontext" | "baggage")[];
  sampler: { type: "parentbased_traceidratio"; argument: string };
  /** Of the containers that copy the injected files; without it that of the pod's first injected container counts. */
  initContainerSecurityContext: ContainerSecurityContext;
  python: LanguageInstrumentation;
  nodejs: LanguageInstrumentation;
  java: JavaInstrumentation;
  dotnet: LanguageInstrumentation;
  go: GoInstrumentation;
}
