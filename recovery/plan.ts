import {
  nameOf,
  type Edit,
  editedState,
  type ExportedState,
  idOf,
  isSame,
  type KubeRef,
  objectOf,
  type PendingOperation,
  type ReleaseRef,
  releaseOf,
  type ResourceState,
} from "./deployment.ts";
import { type Cluster, type FoundRelease, type LiveObject, pulumiManager, type RecordChange } from "./cluster.ts";
import { type Revision, withStatus } from "./helmRecords.ts";

/** What ends a broken-off run well. */
export interface Plan {
  /** One line for each thing that is done. */
  lines: string[];
  records: RecordChange[];
  state: ExportedState;
}

/** What recovery writes down for a resource that the next `up` finishes. */
export const brokenOff = "the run that worked on it was broken off";

/**
 * Works out what ends a broken-off run well. Only what the stack's own state says that the run was at is touched: what
 * somebody else installed is no pending operation of this stack.
 *
 * @param mark what the stack's releases have as their description
 * @param releases all that Helm knows
 */
export async function planRecovery(
  state: ExportedState,
  mark: string,
  releases: readonly FoundRelease[],
  cluster: Pick<Cluster, "object">,
): Promise<Plan> {
  const known = ({ namespace, name }: ReleaseRef): FoundRelease =>
    releases.find((each) => each.namespace === namespace && each.name === name) ?? {
      ...{ namespace, name, revisions: [], unreadable: [] },
    };
  const found: Findings = { lines: [], records: [], add: [], unfinished: [], remove: [] };
  const { resources = [], pending_operations: pending = [] } = state.deployment;
  const seen = new Set<string>();
  for (const noted of pending) {
    const operation: PendingOperation = isKnown(noted, resources) ? { ...noted, type: "updating" } : noted;
    // Two runs in turn were broken off at it: taken in twice, it would replace itself, and be deleted.
    const key = keyOf(operation);
    if (seen.has(key)) continue;
    seen.add(key);
    const release = releaseOf(operation.resource);
    if (release === undefined) await planObject(operation, cluster, found);
    else planRelease(operation, known(release), mark, found);
  }
  planPendingReleases(state, known, mark, found);
  const { lines, records, ...edit } = found;
  return { lines, records, state: editedState(state, { ...edit, why: brokenOff }) };
}

/** The same for what is to be done only once. */
function keyOf({ type, resource }: PendingOperation): string {
  const id = resource.id ?? liveId(resource);
  // Of a release the one that Helm knows counts: the other may be of another version.
  const { chart, version } = resource.inputs ?? {};
  return JSON.stringify([type, resource.urn, id, resource.delete, chart, version]);
}

/** Whether a later run has made what an earlier one is noted to be creating: marked as replaced, it would be deleted. */
function isKnown({ type, resource }: PendingOperation, resources: readonly ResourceState[]): boolean {
  const id = liveId(resource);
  if (type !== "creating" || id === undefined) return false;
  return resources.some((each) => each.pendingReplacement !== true && isSame(each, { ...resource, id }));
}

/** The id that a resource has in the cluster; undefined for one that is elsewhere. */
function liveId(resource: ResourceState): string | undefined {
  const place = releaseOf(resource) ?? objectOf(resource);
  return place === undefined ? undefined : idOf(place);
}

/** A release that the state knows is this stack's, also where the state has forgotten that a run was at it. */
function planPendingReleases(
  { deployment: { resources = [], pending_operations: pending = [] } }: ExportedState,
  known: (release: ReleaseRef) => FoundRelease,
  mark: string,
  found: Findings,
): void {
  const seen = new Set(pending.map(({ resource }) => resource.urn));
  for (const resource of resources.filter(({ urn }) => !seen.has(urn))) {
    const release = releaseOf(resource);
    if (release === undefined || known(release).revisions.at(-1)?.status.startsWith("pending-") !== true) continue;
    planRelease({ type: "updating", resource }, known(release), mark, found);
  }
}

interface Findings extends Omit<Edit, "why"> {
  lines: string[];
  records: RecordChange[];
}

function planRelease(
  { type, resource }: PendingOperation,
  { namespace, name, revisions, unreadable }: FoundRelease,
  mark: string,
  found: Findings,
): void {
  const what = `release ${namespace}/${name}`;
  const last = revisions.at(-1);
  const [unread] = unreadable;
  if (unread !== undefined) {
    found.lines.push(`${what}: left alone: Secret ${namespace}/${unread} cannot be read`);
    return;
  }
  if (last === undefined) {
    found.lines.push(`${what}: forget that it was ${type}: Helm knows nothing of it`);
    if (type === "deleting") found.remove.push(resource);
    return;
  }
  if (type === "creating" && !isChartOf(last, resource)) {
    found.lines.push(
      `${what}: left alone: it is of chart ${last.chart.name} ${last.chart.version}, which this stack does not install`,
    );
    return;
  }
  if (type === "creating" && isForeign(revisions, mark)) {
    found.lines.push(`${what}: left alone: it is installed, and nothing says that it is of this stack`);
    return;
  }
  found.records.push(...repairedRecords(namespace, revisions));
  if (last.status === "pending-install") {
    found.lines.push(`${what}: note its installation as failed: then it can be upgraded and uninstalled`);
  } else if (last.status.startsWith("pending-")) {
    found.lines.push(`${what}: take revision ${last.revision}, ${last.status}, for the present one`);
  } else if (type === "updating") {
    found.lines.push(`${what}: the next up does it again`);
  } else if (type !== "creating") {
    found.lines.push(`${what}: forget that it was ${type}`);
  }
  if (type === "creating") {
    found.lines.push(`${what}: take it into the state: the next up finishes it, or destroy removes it`);
    found.add.push({ ...resource, id: `${namespace}/${name}`, outputs: { ...resource.inputs } });
  } else if (type === "updating") found.unfinished.push(resource);
}

/** Helm writes the stack's mark down with a revision that is deployed, not before. */
function isForeign(revisions: readonly Revision[], mark: string): boolean {
  const isInstalled = revisions.some(({ status }) => status === "deployed" || status === "superseded");
  return isInstalled && !revisions.some(({ description }) => description === mark);
}

/**
 * A pending revision refuses every upgrade. An installation becomes a failed one. What an upgrade has half applied Helm must
 * know of, to take it away again: it works out what to change from the revision that is deployed, so that is what it becomes.
 */
function repairedRecords(namespace: string, revisions: readonly Revision[]): RecordChange[] {
  const last = revisions.at(-1);
  if (last?.status.startsWith("pending-") !== true) return [];
  const change = ({ secret }: Revision, status: "deployed" | "failed" | "superseded") => ({
    ...{ namespace, secret: secret.metadata.name, patch: withStatus(secret, status) },
  });
  if (last.status === "pending-install") return [change(last, "failed")];
  const former = revisions.filter(({ status }) => status === "deployed");
  // The new one first: broken off in between, Helm takes the newest that is deployed.
  return [change(last, "deployed"), ...former.map((revision) => change(revision, "superseded"))];
}

/** The chart of a bundle is a folder that begins with its name; one with a version may be in a folder of any name. */
function isChartOf({ chart }: Revision, { inputs = {} }: ResourceState): boolean {
  const { chart: wanted = "", version } = inputs as { chart?: string; version?: string };
  const base = wanted.split("/").at(-1) ?? "";
  return version === undefined || version === "" ? base.startsWith(chart.name) : version === chart.version;
}

async function planObject(
  { type, resource }: PendingOperation,
  cluster: Pick<Cluster, "object">,
  found: Findings,
): Promise<void> {
  const ref = objectOf(resource);
  const live = ref === undefined ? undefined : await cluster.object(ref);
  if (type === "creating" && ref !== undefined && live !== undefined) {
    found.lines.push(`${nameOf(resource.urn)}: take it into the state: it was made`);
    found.add.push({ ...resource, id: idOf(ref), outputs: outputsOf(ref, resource, live) });
    return;
  }
  if (type === "deleting" && ref !== undefined && live === undefined) found.remove.push(resource);
  if (type === "updating") found.unfinished.push(resource);
  found.lines.push(`${nameOf(resource.urn)}: forget that it was ${type}`);
}

/** What the provider goes by: the fields' owner, else the next change would be a conflict with it, and the inputs. */
function outputsOf(ref: KubeRef, { inputs }: ResourceState, live: LiveObject): Record<string, unknown> {
  const { apiVersion, kind, name, namespace } = ref;
  const manager = pulumiManager(live);
  return {
    ...(manager === undefined ? {} : { __fieldManager: manager }),
    __initialApiVersion: apiVersion,
    __inputs: inputs,
    ...{ apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } },
  };
}
