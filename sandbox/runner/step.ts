import type { Cluster } from "../cluster/cluster.ts";
import type { Helm } from "../helm/command.ts";
import type { Change } from "../kube/diff.ts";
import type { KubeClient, KubeObject } from "../kube/client.ts";
import type { Activity } from "../report.ts";
import type { Identity } from "./identity.ts";

/** Owner, to the API server, of every field that the program sets. */
export const FIELD_MANAGER = "fluffy-sandbox";

/** One resource that the program registers. */
export interface Step {
  /** Pulumi's type, e.g. "kubernetes:apps/v1:Deployment". */
  type: string;
  /** Pulumi's name. */
  name: string;
  /** Given when the program only reads what somebody else made. */
  id: string | undefined;
  inputs: Record<string, unknown>;
  /** Names of inputs that hold secrets. */
  secret: ReadonlySet<string>;
  /** Whether some input is not known before an `up`. */
  hasUnknown: boolean;
  /** The resource's `customTimeouts`, as Pulumi writes durations. */
  timeouts: { create?: string; update?: string };
  /** Shows what is being done. */
  activity: Activity;
}

/** What every step works with. */
export interface World {
  client: KubeClient;
  cluster: Cluster;
  helm: Helm;
  /** Lets the operators that run as processes come and go with their Deployments. */
  syncOperators: () => Promise<void>;
  /** The Pulumi project's folder: relative charts are relative to it. */
  folder: string;
  /** "project.stack": names what the sandbox keeps for it in the cluster. */
  scope: string;
  /** The saved outputs of another stack in the same cluster; empty when it has none. */
  outputsOf: (project: string, stack: string) => Record<string, unknown>;
  /** Only find out what would be done. */
  dryRun: boolean;
  signal: AbortSignal;
  note: (line: string) => void;
}

export type Outcome = "created" | "updated" | "unchanged" | "read";

/** What became, or would become, of a resource. */
export interface StepResult {
  outcome: Outcome;
  /** What differs, for an update. */
  changes: Change[];
  /** What a reader of a preview must know besides. */
  note?: string;
  id: string;
  /** The resource's outputs. */
  outputs: Record<string, unknown>;
}

/** How one kind of resource is applied. */
export interface Handler {
  /** What the resource is in the cluster; undefined for one that is only read. */
  identity: (step: Step, world: World) => Identity | undefined;
  /** Applies the resource, or in a dry run finds out what that would do. */
  apply: (step: Step, world: World) => Promise<StepResult>;
}

/** Pulumi's id of an object. */
export function objectId(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? name : `${namespace}/${name}`;
}
