import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Exposable } from "../settings/access.ts";

/**
 * What the platform's stack gives to people and to other stacks: name, type and secrecy of every output, once. The
 * platform makes its outputs by this table and consumers read them by it, so the two cannot drift apart.
 *
 * URLs and hosts are inside the cluster, but for the public ones; null stands for a part that is switched off.
 */
export interface PlatformOutputs {
  /** URL of Jaeger's user interface. */
  jaegerUrl: string | null;
  /** URL of the user interface of the logs: VictoriaLogs' own is at `/select/vmui`. */
  logsUrl: string | null;
  /** URL of Prometheus. */
  prometheusUrl: string;
  /** URL of Alertmanager. */
  alertmanagerUrl: string;
  /** URL of Grafana. */
  grafanaUrl: string | null;
  /** By part: the URL that people outside the cluster open, behind a login; null for one without a host name. */
  publicUrls: Readonly<Record<Exposable, string | null>>;
  /** The Secret with the keys `GF_SECURITY_ADMIN_USER` and `GF_SECURITY_ADMIN_PASSWORD`. */
  grafanaAdminSecret: { namespace: string; name: string } | null;
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

/** The outputs that other teams' programs may read: in the ConfigMap each is JSON under its name. None is secret. */
export const publicOutputs = [
  "jaegerUrl",
  "logsUrl",
  "prometheusUrl",
  "alertmanagerUrl",
  "grafanaUrl",
  "publicUrls",
  "collectorOtlpGrpc",
  "collectorOtlpHttp",
  "instrumentation",
  "instrumentationHash",
  "sampleApiUrl",
  "dashboards",
] as const satisfies (keyof PlatformOutputs)[];

export type PublicOutput = (typeof publicOutputs)[number];

/** Where the platform writes them. */
export const publicConfigMap = { namespace: "observability", name: "fluffy-observability" } as const;

/** The setting of the platform without which an output is null. */
const switches: { readonly [Name in PublicOutput]?: string } = {
  jaegerUrl: "parts.jaeger, or jaeger.url of one elsewhere",
  logsUrl: "parts.logs, or logs.url of a store elsewhere",
  grafanaUrl: "parts.grafana, or grafana.url of one elsewhere",
  sampleApiUrl: "parts.sampleApi",
};

/** What a stack wants of the platform, by the names of its outputs. */
export interface PlatformRequest<Needed extends PublicOutput, Used extends PublicOutput> {
  /** Outputs that it cannot do without: one of a part that is switched off is an error. */
  readonly needs: readonly Needed[];
  /** Outputs that it can do without: of a part that is switched off they are null. */
  readonly uses: readonly Used[];
}

/** Outputs of the platform. */
export type PlatformValues<Needed extends PublicOutput, Used extends PublicOutput> = {
  readonly [Name in Needed]: pulumi.Output<NonNullable<PlatformOutputs[Name]>>;
} & { readonly [Name in Used]: pulumi.Output<PlatformOutputs[Name]> };

/** Where to read the platform's outputs. */
export interface PlatformSource {
  /** The cluster that the platform is in. */
  readonly provider: kubernetes.Provider;
  /**
   * Full name of the platform's stack, such as `organization/fluffy-observability/dev`: to read its state in place of the cluster,
   * with the passphrase or key of that state. The last version that can. @default "" - the cluster
   */
  readonly stack: string;
}

/**
 * Reads outputs of the platform from the cluster. Awaited before anything else is registered, it lets a stack whose platform
 * does not fit fail with nothing changed.
 *
 * @throws pulumi.RunError in one line that names where was looked, and the outputs or the setting that is lacking
 */
export async function readPlatform<Needed extends PublicOutput, Used extends PublicOutput>(
  source: PlatformSource,
  { needs, uses }: PlatformRequest<Needed, Used>,
): Promise<PlatformValues<Needed, Used>> {
  const { where, read } = await placeOf(source);
  const found = await Promise.all([...needs, ...uses].map(async (name) => ({ name, value: await read(name) })));
  const missing = found.filter(({ value }) => value === undefined).map(({ name }) => name);
  if (missing.length > 0) {
    throw new pulumi.RunError(
      `${where} has no output ${missing.join(", ")}: run pulumi up there with this version of the platform first`,
    );
  }
  const off = found.filter(({ name, value }) => value === null && (needs as readonly string[]).includes(name));
  if (off.length > 0) {
    const settings = new Set(off.map(({ name }) => switches[name]));
    throw new pulumi.RunError(
      `${where} has no ${off.map(({ name }) => name).join(", ")}: set its setting ${[...settings].join("; ")}`,
    );
  }
  const values = found.map(({ name, value }) => [name, pulumi.output(value)]);
  return Object.fromEntries(values) as PlatformValues<Needed, Used>;
}

/** One place where outputs are; `read` gives undefined for one that is not there. */
interface Place {
  /** How messages name it. */
  readonly where: string;
  readonly read: (name: PublicOutput) => Promise<unknown>;
}

/** The places that the program has read, by provider or stack: the engine takes a resource once only. */
const places = new WeakMap<pulumi.Resource, Map<string, Promise<Place>>>();

function placeOf({ provider, stack }: PlatformSource): Promise<Place> {
  // A stack is the same by whichever provider it is asked. Not for the whole process: the Automation API runs programs again.
  const owner = stack === "" ? provider : (pulumi.runtime.getStackResource() ?? provider);
  const read = places.get(owner) ?? new Map<string, Promise<Place>>();
  places.set(owner, read);
  const place = read.get(stack) ?? (stack === "" ? fromCluster(provider) : Promise.resolve(fromStack(stack)));
  read.set(stack, place);
  return place;
}

async function fromCluster(provider: kubernetes.Provider): Promise<Place> {
  const { namespace, name } = publicConfigMap;
  const id = `${namespace}/${name}`;
  if (!(await exists(id, provider))) {
    throw new pulumi.RunError(`the cluster has no ConfigMap ${id}: run pulumi up of the platform there first`);
  }
  const { data } = kubernetes.core.v1.ConfigMap.get(readName(await known(provider.urn)), id, { provider });
  // One that is empty has no data at all.
  const values = (await known<Record<string, string> | undefined>(data)) ?? {};
  return {
    where: `ConfigMap ${id}`,
    read: (output) => Promise.resolve(values[output] === undefined ? undefined : JSON.parse(values[output])),
  };
}

/**
 * The name by which a program reads the outputs of a cluster: no name of the program's own, and another one for each provider.
 *
 * @param provider URN of the cluster's provider; one within a component goes by that too
 */
export function readName(provider: pulumi.URN): string {
  const [, , types = "", ...name] = provider.split("::");
  // The SDK's mocks name the stack too, the engine does not.
  const components = types.split("$").filter((type) => !type.startsWith("pulumi:"));
  return ["fluffy-observability-outputs", ...components, name.join("::")].join("-");
}

/**
 * Asks before it is read: of a resource that is not there the engine says only that, and ends the program.
 *
 * @throws pulumi.RunError where the cluster does not say, such as for want of a right
 */
async function exists(id: string, provider: kubernetes.Provider): Promise<boolean> {
  try {
    const there = pulumi.runtime.existsResource("kubernetes:core/v1:ConfigMap", id, undefined, { provider });
    if (!(await isKnown(there)))
      throw new Error("its cluster is not known before what the provider is made of is there");
    return await known(there);
  } catch (error) {
    throw new pulumi.RunError(`ConfigMap ${id} cannot be read: ${whyUnread((error as Error).message)}`);
  }
}

/**
 * Why a resource could not be asked for, in the cluster's words.
 *
 * @param message with what the SDK, gRPC and the provider put in front
 */
export function whyUnread(message: string): string {
  if (message.includes(" UNIMPLEMENTED: "))
    return "this takes the Pulumi CLI in the version of the SDK, or a newer one";
  return message.replace(/^.*?: \d+ [A-Z_]+: (reading resource '.*?': )?/, "");
}

function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as { isKnown: Promise<boolean> }).isKnown;
}

/** The value of an output that is known as soon as it is there, as StackReference waits for its own. */
function known<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return (output as unknown as { promise: () => Promise<Value> }).promise();
}

function fromStack(stack: string): Place {
  void pulumi.log.warn(
    `outputs of ${stack} are read from its state, with the key to its secrets: the next version reads them from the cluster only; ` +
      "leave the name of the stack out",
  );
  // A name of its own: the program may have a reference of its own to that stack.
  const reference = new pulumi.StackReference(`fluffy-observability-outputs-${stack}`, { name: stack });
  return {
    where: `stack ${stack}`,
    read: async (name) => ((await reference.getOutputDetails(name)) as { value?: unknown }).value,
  };
}
