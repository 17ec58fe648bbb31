import { type Cluster, type FoundRelease, pulumiManager, type RecordChange } from "./cluster.ts";
import type { Revision } from "./helmRecords.ts";
import { type ExportedState, idOf, type KubeRef, objectOf, releaseOf } from "./deployment.ts";

/** What exists though the state does not know it. */
export interface Unknown {
  /** What is done about it, one line each. */
  lines: string[];
  records: RecordChange[];
  /** What is only told, one line each: nothing says that it is this stack's. */
  reports: string[];
}

/**
 * Finds releases and objects that the state does not know. Only a release that says that it is of this stack, in a namespace
 * that the state has, is touched: a state that has nothing of it may be that of another stack of the same name.
 *
 * @param mark what the stack's releases have as their description
 * @param releases all that Helm knows
 */
export async function planUnknown(
  state: ExportedState,
  mark: string,
  releases: readonly FoundRelease[],
  cluster: Pick<Cluster, "objects">,
): Promise<Unknown> {
  const { resources = [], pending_operations: pending = [] } = state.deployment;
  const all = [...resources, ...pending.map(({ resource }) => resource)];
  const objects = all.flatMap((resource) => objectOf(resource) ?? []);
  const namespaces = new Set(objects.filter(({ kind }) => kind === "Namespace").map(({ name }) => name));
  const known = new Set(all.flatMap((resource) => releaseOf(resource) ?? []).map(idOf));

  const isMarked = ({ description }: Revision) => description === mark;
  const found: Unknown = { lines: [], records: [], reports: [] };
  for (const { namespace, unreadable } of releases) {
    found.reports.push(
      ...unreadable.map((name) => `Secret ${namespace}/${name}: left alone: it is no record of Helm that can be read`),
    );
  }
  for (const release of releases.filter((each) => !known.has(idOf(each)))) {
    const { namespace, revisions, unreadable } = release;
    if (revisions.length === 0 || unreadable.length > 0) continue;
    const what = `release ${idOf(release)}`;
    const isOurs = revisions.some(isMarked);
    if (isOurs && namespaces.has(namespace)) {
      found.lines.push(
        `${what}: of this stack, whose state does not know it; take Helm's records of it away. Run up next, which installs the release over what is there: a destroy before that would leave its objects`,
      );
      // Those that say whose it is go last: broken off in between, the rest is still known by them.
      const ordered = [...revisions.filter((each) => !isMarked(each)), ...revisions.filter(isMarked)];
      found.records.push(...ordered.map(({ secret }) => ({ namespace, secret: secret.metadata.name })));
    } else if (isOurs) {
      found.reports.push(`${what}: left alone: it says "${mark}", but the state does not even have its namespace`);
    } else if (namespaces.has(namespace)) {
      found.reports.push(`${what}: left alone: nothing says that it is of this stack`);
    }
  }
  found.reports.push(...(await unknownObjects(objects, namespaces, cluster)));
  return found;
}

/** Objects that Pulumi made in the stack's namespaces, of the kinds that it has in them. */
async function unknownObjects(
  objects: readonly KubeRef[],
  namespaces: ReadonlySet<string>,
  cluster: Pick<Cluster, "objects">,
): Promise<string[]> {
  const inNamespaces = objects.filter(({ namespace = "" }) => namespaces.has(namespace));
  const typeOf = ({ apiVersion, kind }: KubeRef) => `${apiVersion} ${kind}`;
  const kinds = new Map(inNamespaces.map((object) => [typeOf(object), object]));
  const known = new Set(inNamespaces.map((object) => `${typeOf(object)} ${idOf(object)}`));
  const found = await Promise.all(
    [...kinds].map(async ([type, kind]) => {
      const live = await cluster.objects(kind);
      const ours = live.filter(
        (object) => namespaces.has(object.metadata.namespace ?? "") && pulumiManager(object) !== undefined,
      );
      return ours.map(({ metadata }) => `${type} ${idOf(metadata)}`).filter((name) => !known.has(name));
    }),
  );
  return found
    .flat()
    .map(
      (name) => `${name}: left alone: Pulumi made it, this state does not know it: up takes over what the program has`,
    );
}
