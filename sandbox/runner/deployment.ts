import type { Cluster } from "../cluster/cluster.ts";
import { errorLine, Interrupted } from "../errors.ts";
import type { Helm } from "../helm/command.ts";
import { Inventory } from "../inventory.ts";
import { describeChange, type Change } from "../kube/diff.ts";
import type { KubeClient } from "../kube/client.ts";
import type { QuietActivity, Report } from "../report.ts";
import type { Registered, Registration } from "./program.ts";
import type { Identity } from "./identity.ts";
import { handlerFor } from "./handlers.ts";
import type { Outcome, Step, StepResult, World } from "./step.ts";

/** What became of one resource. */
export interface Row {
  type: string;
  name: string;
  outcome: Outcome | "deleted";
  changes: Change[];
  note?: string;
}

/** A failure of one resource: the message names it. */
export class ResourceError extends Error {
  override name = "ResourceError";
}

/** The cluster as a run sees it, connected when the first resource needs it. */
export interface Connection {
  cluster: Cluster;
  client: KubeClient;
  helm: Helm;
  /** Lets the operators that run as processes come and go with their Deployments. */
  syncOperators: () => Promise<void>;
  inventory: Inventory;
}

/** What a deployment works with. */
export interface DeploymentArgs {
  connect: () => Promise<Connection>;
  report: Report;
  folder: string;
  scope: string;
  dryRun: boolean;
  signal: AbortSignal;
  /** Gets what became of each resource. */
  rows: Row[];
}

/** That a resource is no longer there, or will not be. */
export function deletion({ type, name }: Pick<Row, "type" | "name">): Row {
  return { type, name, outcome: "deleted", changes: [] };
}

/** Applies, or previews, the resources that a program registers, and keeps the inventory up to date. */
export class Deployment {
  /** What the program has registered, as it is called in the cluster. */
  readonly identities: Identity[] = [];
  readonly #args: DeploymentArgs;
  /** A failure ends the waits of the other resources; a running Helm goes on to its end. */
  readonly #failure = new AbortController();

  constructor(args: DeploymentArgs) {
    this.#args = args;
  }

  /**
   * Applies one resource.
   *
   * @throws ResourceError naming the resource and what is wrong; Interrupted after a signal or another resource's failure.
   */
  async register(registration: Registration): Promise<Registered> {
    const { type, name, inputs } = registration;
    // The sandbox has one cluster, whatever a provider is told.
    if (type.startsWith("pulumi:providers:")) return { id: name, outputs: inputs };
    const connection = await this.#connect();
    if (this.#failure.signal.aborted || this.#args.signal.aborted) throw new Interrupted();
    const activity = this.#args.report.activity(`${this.#args.dryRun ? "checking" : "applying"} ${type} ${name}`);
    try {
      const result = await this.#apply(connection, { ...registration, activity }, registration.parent);
      this.#finish(registration, result, activity);
      return { id: result.id, outputs: result.outputs };
    } catch (error) {
      this.#failure.abort();
      activity.fail(error instanceof Interrupted ? "stopped" : undefined);
      if (error instanceof Interrupted) throw error;
      throw new ResourceError(`${type} ${name}: ${errorLine(error)}`);
    }
  }

  /** What goes wrong here is no resource's fault, so none is named. */
  async #connect(): Promise<Connection> {
    try {
      return await this.#args.connect();
    } catch (error) {
      this.#failure.abort();
      throw error;
    }
  }

  async #apply({ inventory, ...connection }: Connection, step: Step, parent: string): Promise<StepResult> {
    const handler = handlerFor(step.type, step.inputs, step.id);
    const { folder, scope, dryRun, report } = this.#args;
    const signal = AbortSignal.any([this.#args.signal, this.#failure.signal]);
    const note = (line: string) => {
      report.note(line);
    };
    const outputsOf = (project: string, stack: string) => {
      if (!dryRun) inventory.refer(project, stack);
      return inventory.sibling(project, stack).outputs;
    };
    const world: World = { ...connection, folder, scope, outputsOf, dryRun, signal, note };
    const identity = handler.identity(step, world);
    if (identity !== undefined) this.identities.push(identity);
    if (dryRun || identity === undefined) return handler.apply(step, world);
    const { type, name } = step;
    inventory.begin({ type, name, parent, identity });
    const result = await handler.apply(step, world);
    inventory.end(identity);
    return result;
  }

  #finish({ type, name }: Registration, result: StepResult, activity: QuietActivity): void {
    const { outcome, changes, note } = result;
    this.#args.rows.push({ type, name, outcome, changes, ...(note === undefined ? {} : { note }) });
    if (this.#args.dryRun || outcome === "unchanged" || outcome === "read") activity.drop();
    else activity.done(outcome);
  }
}

const SIGNS = { created: "+", updated: "~", deleted: "-", unchanged: " ", read: " " } as const;
const INTENTIONS = { created: "to be created", updated: "to be updated", deleted: "to be deleted" } as const;

/** A preview's lines for one resource: none when nothing is to be done. */
export function previewLines({ type, name, outcome, changes, note }: Row): string[] {
  if (outcome === "unchanged" || outcome === "read") return [];
  const remark = note === undefined ? "" : `, ${note}`;
  return [
    `${SIGNS[outcome]} ${type} ${name}: ${INTENTIONS[outcome]}${remark}`,
    ...changes.map((change) => `    ${describeChange(change)}`),
  ];
}
