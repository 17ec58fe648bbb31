import { readFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { UserError } from "./errors.ts";
import { writeFileAtomically } from "./files.ts";
import type { Identity } from "./runner/identity.ts";

/** One resource that a stack has, or was about to get, in the cluster. Holds nothing secret. */
export interface Entry {
  /** Pulumi's type, e.g. "kubernetes:core/v1:Namespace". */
  type: string;
  /** Pulumi's name of the resource. */
  name: string;
  /** "type name" of the component above it; empty at the top. */
  parent: string;
  identity: Identity;
  /** Number of the last `up` that registered it. */
  run: number;
  /** Steps are counted: a resource that began after another ended may depend on it. */
  began: number;
  /** Missing when the step never ended: the resource may be there or not. */
  ended?: number;
}

interface Content {
  project: string;
  stack: string;
  /** Identifies the cluster; what was in a former one is gone. */
  cluster: string;
  entries: Entry[];
  /** Other stacks, as "project/stack", whose outputs the program reads, with the number of the `up` that read them. */
  references: { to: string; run: number }[];
  /** The program's outputs, secret ones as "[secret]". */
  outputs: Record<string, unknown>;
}

/** What one stack has in the sandbox's cluster, kept in a file that is replaced as a whole after each step. */
export class Inventory {
  readonly #state: string;
  readonly #file: string;
  readonly #content: Content;
  /** Number of the run that this object serves. */
  readonly run: number;
  #step: number;

  private constructor(state: string, file: string, content: Content) {
    this.#state = state;
    this.#file = file;
    this.#content = content;
    this.run = 1 + Math.max(0, ...content.entries.map((entry) => entry.run));
    this.#step = Math.max(0, ...content.entries.map((entry) => entry.ended ?? entry.began));
  }

  /**
   * Opens a stack's inventory.
   *
   * @param cluster identifies the running cluster; entries of another one are forgotten. Undefined keeps what is there.
   * @throws UserError when the file cannot be read.
   */
  static open(state: string, project: string, stack: string, cluster?: string): Inventory {
    const file = path.join(state, "inventory", `${project}.${stack}.json`);
    const found = read(file);
    const fresh: Content = { project, stack, cluster: cluster ?? "", entries: [], references: [], outputs: {} };
    const current = found !== undefined && (cluster === undefined || found.cluster === cluster);
    return new Inventory(state, file, current ? found : fresh);
  }

  get entries(): readonly Entry[] {
    return this.#content.entries;
  }

  get outputs(): Record<string, unknown> {
    return this.#content.outputs;
  }

  /** To be set once a run has ended well: what only former runs read is then no longer used. */
  set outputs(outputs: Record<string, unknown>) {
    this.#content.outputs = outputs;
    this.#content.references = this.#content.references.filter(({ run }) => run === this.run);
    this.#save();
  }

  /** What another stack has in the same cluster. */
  sibling(project: string, stack: string): Inventory {
    return Inventory.open(this.#state, project, stack, this.#content.cluster);
  }

  /** Notes that the program reads another stack's outputs. */
  refer(project: string, stack: string): void {
    const to = `${project}/${stack}`;
    this.#content.references = [
      ...this.#content.references.filter((reference) => reference.to !== to),
      { to, run: this.run },
    ];
    this.#save();
  }

  /** Notes that a step on a resource begins, before anything is changed: a killed run leaves nothing unknown behind. */
  begin(resource: Pick<Entry, "type" | "name" | "parent" | "identity">): void {
    this.#step += 1;
    this.#replace({ ...resource, run: this.run, began: this.#step });
  }

  /** Notes that a step has ended well. */
  end(identity: Identity): void {
    const entry = this.#content.entries.find((candidate) => sameIdentity(candidate.identity, identity));
    if (entry === undefined) return;
    this.#step += 1;
    this.#replace({ ...entry, ended: this.#step });
  }

  /** Forgets a resource that is gone. */
  remove(identity: Identity): void {
    this.#content.entries = this.#content.entries.filter((entry) => !sameIdentity(entry.identity, identity));
    this.#save();
  }

  /** Deletes the file: the stack has nothing left. */
  delete(): void {
    rmSync(this.#file, { force: true });
  }

  #replace(entry: Entry): void {
    const others = this.#content.entries.filter((other) => !sameIdentity(other.identity, entry.identity));
    this.#content.entries = [...others, entry];
    this.#save();
  }

  #save(): void {
    writeFileAtomically(this.#file, `${JSON.stringify(this.#content, null, 2)}\n`);
  }
}

export function sameIdentity(one: Identity, other: Identity): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What a stack has in a cluster, in short. */
export interface InventorySummary {
  project: string;
  stack: string;
  cluster: string;
  /** Number of its resources. */
  count: number;
  /** Other stacks, as "project/stack", whose outputs it uses. */
  references: string[];
}

/** Every stack that has something in a cluster of the sandbox. */
export function inventoriesOf(state: string): InventorySummary[] {
  const folder = path.join(state, "inventory");
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const content = read(path.join(folder, name));
    if (content === undefined) return [];
    const { project, stack, cluster, entries, references } = content;
    return [{ project, stack, cluster, count: entries.length, references: references.map(({ to }) => to) }];
  });
}

function read(file: string): Content | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    // A file of an earlier version has no references.
    return { references: [], ...(JSON.parse(text) as Omit<Content, "references">) };
  } catch {
    throw new UserError(`${file} is damaged: run "npm run sandbox -- down", which starts over with an empty cluster`);
  }
}
