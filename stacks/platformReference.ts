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

/** The setting of the platform without which an output is null. */
const switches: { readonly [Name in keyof PlatformOutputs]?: string } = {
  jaegerUrl: "parts.jaeger",
  grafanaUrl: "parts.grafana",
  grafanaAdminSecret: "parts.grafana",
  grafanaAdminPassword: "parts.grafana",
  sampleApiUrl: "parts.sampleApi",
};

/** What a stack wants of the platform, by the names of its outputs. */
export interface PlatformRequest<Needed extends keyof PlatformOutputs, Used extends keyof PlatformOutputs> {
  /** Outputs that it cannot do without: one of a part that is switched off is an error. */
  readonly needs: readonly Needed[];
  /** Outputs that it can do without: of a part that is switched off they are null. */
  readonly uses: readonly Used[];
}

/** Outputs of the platform; a secret one stays secret. */
export type PlatformValues<Needed extends keyof PlatformOutputs, Used extends keyof PlatformOutputs> = {
  readonly [Name in Needed]: pulumi.Output<NonNullable<PlatformOutputs[Name]>>;
} & { readonly [Name in Used]: pulumi.Output<PlatformOutputs[Name]> };

/**
 * Reads outputs of the platform's stack by a StackReference. Awaited before anything else is registered, it lets a stack
 * whose platform does not fit fail with nothing changed.
 *
 * @param stack full name of the platform's stack, such as `organization/fluffy-observability/dev`
 * @throws pulumi.RunError in one line that names the stack, and the outputs or the setting that it lacks
 */
export async function readPlatform<Needed extends keyof PlatformOutputs, Used extends keyof PlatformOutputs>(
  stack: string,
  { needs, uses }: PlatformRequest<Needed, Used>,
): Promise<PlatformValues<Needed, Used>> {
  const reference = new pulumi.StackReference(stack);
  const read = async (name: Needed | Used) => {
    const details: { value?: unknown; secretValue?: unknown } = await reference.getOutputDetails(name);
    const isSecret = "secretValue" in details;
    const value = isSecret ? details.secretValue : details.value;
    return { name, value, secret: isSecret || platformOutputSecrecy[name] };
  };
  const found = await Promise.all([...needs, ...uses].map(read));
  const missing = found.filter(({ value }) => value === undefined).map(({ name }) => name);
  if (missing.length > 0) {
    throw new pulumi.RunError(
      `stack ${stack} has no output ${missing.join(", ")}: run pulumi up there with this version of the platform first`,
    );
  }
  const off = found.filter(({ name, value }) => value === null && (needs as readonly string[]).includes(name));
  if (off.length > 0) {
    const settings = new Set(off.map(({ name }) => switches[name]));
    throw new pulumi.RunError(
      `stack ${stack} has no ${off.map(({ name }) => name).join(", ")}: switch on its setting ${[...settings].join(", ")}`,
    );
  }
  const values = found.map(({ name, value, secret }) => [name, secret ? pulumi.secret(value) : pulumi.output(value)]);
  return Object.fromEntries(values) as PlatformValues<Needed, Used>;
}
