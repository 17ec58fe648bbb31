import type { ResourceRequirements } from "./common.ts";

/** `spec` of a `jaegertracing.io/v1` Jaeger, with the fields that this stack sets. */
export interface JaegerSpec {
  strategy: "allinone";
  allInOne: { image: string; resources: ResourceRequirements };
  ingress: { enabled: boolean };
  storage: {
    type: "memory" | "elasticsearch";
    options: Record<string, Record<string, string | number>>;
    secretName?: string;
    /** The job that deletes old indices. */
    esIndexCleaner?: { enabled: boolean; numberOfDays?: number; image?: string };
    /** The job that counts who calls whom. */
    dependencies?: { enabled: boolean };
  };
}
