import type { ContainerSecurityContext, PodSecurityContext, Volume, VolumeMount } from "./common.ts";
import type { ResourceRequirements } from "../../catalog/containerResources.ts";

/** `spec` of a `jaegertracing.io/v1` Jaeger, with the fields that this stack sets. */
export interface JaegerSpec {
  strategy: "allinone";
  allInOne: {
    image: string;
    resources: ResourceRequirements;
    /** Account of the pods; without it the operator makes one. */
    serviceAccount: string;
    securityContext: PodSecurityContext;
    containerSecurityContext: ContainerSecurityContext;
  };
  ingress: { enabled: boolean };
  storage: {
    type: "memory" | "elasticsearch";
    options: Record<string, Record<string, string | number>>;
    secretName?: string;
    /** The job that deletes old indices. */
    esIndexCleaner?: {
      enabled: boolean;
      numberOfDays?: number;
      image?: string;
      serviceAccount?: string;
      securityContext?: PodSecurityContext;
      containerSecurityContext?: ContainerSecurityContext;
      resources?: ResourceRequirements;
    };
    /** The job that counts who calls whom. */
    dependencies?: { enabled: boolean };
  };
  /** Of every pod that the operator makes, those of jobs too. */
  volumes?: Volume[];
  volumeMounts?: VolumeMount[];
}
