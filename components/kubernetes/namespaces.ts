import * as pulumi from "@pulumi/pulumi";
import { namespaces } from "../../catalog/names.ts";
import { ownNamespace } from "./namespace.ts";
import type { PodSecurityLevel } from "./podSecurity.ts";
import { isProduction } from "../../settings/productionStorage.ts";
import type { Settings } from "../../settings/read.ts";
import { hasOwnCa } from "../../settings/tls.ts";
import type { StackState } from "./stackState.ts";

/** A component that held a namespace before all of them were here: its type and, below the platform, its name. */
interface FormerParent {
  readonly type: string;
  readonly name: string;
  /** Whether the platform was its parent; else it was the stack. */
  readonly inPlatform: boolean;
}

/** What Namespaces needs. */
export interface NamespacesArgs {
  readonly settings: Pick<Settings, "parts" | "apiNamespaces" | "cluster" | "tls">;
  /** What the stack had before. */
  readonly state: StackState;
}

/**
 * All namespaces of the stack. They come before everything else and go after it, all at once: each takes the cluster five
 * seconds to delete, and the engine waits for what it deletes at a time.
 *
 * That of a part that is switched off stays, also when the stack goes: others may have put something into it, such as a cert-manager
 * of their own. So do those of `keptNamespaces`.
 */
export class Namespaces extends pulumi.ComponentResource {
  constructor(name: string, { settings, state }: NamespacesArgs, opts: pulumi.ComponentResourceOptions) {
    super("fluffy-observability:index:Namespaces", name, {}, opts);
    const namespace = (own: OwnNamespace, retainOnDelete: boolean) =>
      ownNamespace(
        own,
        { parent: this, aliases: formerNames(own), retainOnDelete },
        podSecurityLevels[own],
        own === namespaces.sampleApi && !retainOnDelete ? settings.apiNamespaces : undefined,
      );
    const kept = keptNamespaces(settings);
    for (const own of stackNamespaces(settings)) namespace(own, kept.includes(own));
    for (const own of leftNamespaces(settings, state)) namespace(own, true);
    this.registerOutputs({});
  }
}

/** The names of the namespaces that the parts of a stack need. */
export function stackNamespaces({ parts }: Pick<Settings, "parts">): OwnNamespace[] {
  return [
    namespaces.observability,
    namespaces.openTelemetryOperator,
    ...(parts.logs ? [namespaces.nodeAgents] : []),
    ...(parts.certManager ? [namespaces.certManager] : []),
    ...(parts.prometheusOperator ? [namespaces.prometheusOperator] : []),
    ...(parts.grafana ? [namespaces.grafanaOperator] : []),
    ...(parts.sampleApi ? [namespaces.sampleApi] : []),
  ];
}

/**
 * Those that outlive a stack of production: with its namespace a claim goes, and mostly what is on the volume. Secrets of certificates are
 * left beside the claims, and cert-manager signs none anew whose CA is another one: so the CA stays too.
 */
export function keptNamespaces(settings: Pick<Settings, "cluster" | "tls">): OwnNamespace[] {
  if (!isProduction(settings.cluster.environment)) return [];
  return [namespaces.observability, ...(hasOwnCa(settings) ? [namespaces.certManager] : [])];
}

/** Those that the stack made for parts that are off now. */
export function leftNamespaces(settings: Pick<Settings, "parts">, state: StackState): OwnNamespace[] {
  const needed = stackNamespaces(settings);
  const made = Object.values(state)
    .filter(({ type }) => type === "kubernetes:core/v1:Namespace")
    .map(({ outputs }) => (outputs as { metadata?: { name?: string } } | undefined)?.metadata?.name);
  return ownNamespaces.filter((name) => made.includes(name) && !needed.includes(name));
}

type OwnNamespace = Exclude<(typeof namespaces)[keyof typeof namespaces], typeof namespaces.metricsServer>;

const ownNamespaces: readonly OwnNamespace[] = Object.values(namespaces).filter(
  (name) => name !== namespaces.metricsServer,
);

/** What Pod Security enforces where something needs more than `restricted`. */
const podSecurityLevels: { readonly [Name in OwnNamespace]?: PodSecurityLevel } = {
  // The agent reads files of the node: `baseline` refuses that.
  [namespaces.nodeAgents]: "privileged",
};

/** A namespace that came up without its alias would be replaced, with everything in it. */
const formerParents: { readonly [Name in OwnNamespace]?: FormerParent } = {
  [namespaces.observability]: { type: "index:Platform", name: "platform", inPlatform: false },
  [namespaces.openTelemetryOperator]: operator("OpenTelemetryOperator", "opentelemetry-operator"),
  [namespaces.certManager]: operator("CertManager", "cert-manager"),
  [namespaces.prometheusOperator]: operator("PrometheusOperator", "prometheus-operator"),
  [namespaces.grafanaOperator]: operator("GrafanaOperator", "grafana-operator"),
  [namespaces.sampleApi]: { type: "index:SampleApi", name: "sample-api", inPlatform: false },
};

function operator(type: string, name: string): FormerParent {
  return { type: `operators:${type}`, name, inPlatform: true };
}

function formerNames(own: OwnNamespace): pulumi.Alias[] {
  const former = formerParents[own];
  return former === undefined ? [] : [{ parent: formerUrn(former) }];
}

function formerUrn({ type, name, inPlatform }: FormerParent): pulumi.Output<string> {
  const platform = inPlatform ? pulumi.createUrn("platform", "fluffy-observability:index:Platform") : undefined;
  return pulumi.createUrn(name, `fluffy-observability:${type}`, platform);
}
