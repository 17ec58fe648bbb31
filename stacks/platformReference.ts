import * as pulumi from "@pulumi/pulumi";

/**
 * What the platform's stack gives to people and to other stacks: name, type and secrecy of every output, once. The
 * platform makes its outputs by this table and consumers read them by it, so the two cannot drift apart.
 *
 * URLs and hosts are inside the cluster; null stands for a part that is switched off.
 */
export interface PlatformOutputs {
  /** URL of Jaeger's user interface. */
  jaegerUrl: string | null;
  /** URL of Prometheus. */
  prometheusUrl: string;
  /** URL of Alertmanager. */
  alertmanagerUrl: string;
  /** URL of Grafana. */
  grafanaUrl: string | null;
  /** The Secret with the keys `GF_SECURITY_ADMIN_USER` and `GF_SECURITY_ADMIN_PASSWORD`. */
  grafanaAdminSecret: { namespace: string; name: string } | null;
  /** The generated password of Grafana's `admin`; secret. */
  grafanaAdminPassword: string | null;
  /** host:port for OTLP/gRPC. */
  collectorOtlpGrpc: string;
  /** URL for OTLP/HTTP. */
  collectorOtlpHttp: string;
  /** `namespace/name` for the annotation `instrumentation.opentelemetry.io/inject-<language>`. */
  instrumentation: string;
  /** Changes with the Instrumentation; in a pod template it makes the pods new, and only a new pod is injected. */
  instrumentationHash: string;
  /** URL of the sample API. */
  sampleApiUrl: string | null;
  /** Who is told of which alerts, a line for each receiver; one line under `none` when nobody is. */
  alertReceivers: Record<string, string>;
  /** The dashboards in Grafana; the address of each is `<grafanaUrl>/d/<uid>`. */
  dashboards: { uid: string; title: string }[];
  /** By name: a command that brings an endpoint to this machine. */
  portForwards: Record<string, string>;
  /** The version of each part that is installed, by its name. */
  versions: Record<string, string>;
  /** Every image that the platform pulls, sorted. */
  images: string[];
}

/** Whether each output is secret. */
export const platformOutputSecrecy: { readonly [Name in keyof PlatformOutputs]: boolean } = {
  jaegerUrl: false,
  prometheusUrl: false,
  alertmanagerUrl: false,
  grafanaUrl: false,
  grafanaAdminSecret: false,
  grafanaAdminPassword: true,
  collectorOtlpGrpc: false,
  collectorOtlpHttp: false,
  instrumentation: false,
  instrumentationHash: false,
  sampleApiUrl: false,
  alertReceivers: false,
  dashboards: false,
  portForwards: false,
  versions: false,
  images: false,
};

/** The outputs of a platform's stack, as another stack reads them. */
export class PlatformReference {
  private readonly stack: string;
  private readonly reference: pulumi.StackReference;

  /**
   * @param stack full name of the platform's stack, such as `organization/fluffy-observability/dev`
   */
  constructor(stack: string) {
    this.stack = stack;
    this.reference = new pulumi.StackReference(stack);
  }

  /**
   * One output; a secret one stays secret.
   *
   * @throws pulumi.RunError, when the value is needed, in one line that names the stack and the output it lacks
   */
  output<Name extends keyof PlatformOutputs>(name: Name): pulumi.Output<PlatformOutputs[Name]> {
    const value = this.reference.getOutput(name).apply((found: PlatformOutputs[Name] | undefined) => {
      if (found !== undefined) return found;
      throw new pulumi.RunError(
        `stack ${this.stack} has no output ${name}: run pulumi up there with this version of the platform first`,
      );
    });
    // The SDK's type for an unwrapped value does not see that ours holds no outputs.
    return (platformOutputSecrecy[name] ? pulumi.secret(value) : value) as pulumi.Output<PlatformOutputs[Name]>;
  }

  /**
   * An output that may be null, of a part that the consumer cannot do without.
   *
   * @param part setting of the platform that switches the part on
   * @throws pulumi.RunError, when the value is needed, in one line that names the stack and the setting
   */
  required(name: "jaegerUrl" | "grafanaUrl" | "sampleApiUrl", part: string): pulumi.Output<string> {
    return this.output(name).apply((value) => {
      if (value !== null) return value;
      throw new pulumi.RunError(`stack ${this.stack} has no ${name}: its setting ${part} is off`);
    });
  }
}
