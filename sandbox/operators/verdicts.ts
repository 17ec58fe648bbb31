import { setTimeout as sleep } from "node:timers/promises";
import { errorLine, Interrupted, UserError } from "../../cli/errors.ts";
import { type Condition, conditionsOf } from "../../page/model/health.ts";
import type { KubeClient, KubeObject } from "../cluster/api/client.ts";
import type { Report } from "../../cli/report.ts";

const group = "monitoring.coreos.com";

/** What the operator runs: it says of each whether it could. */
const servers = [
  { apiVersion: `${group}/v1`, kind: "Prometheus" },
  { apiVersion: `${group}/v1`, kind: "Alertmanager" },
];

/** What these are made from: the operator says of each whether it took it in. */
const configurations = [
  { apiVersion: `${group}/v1`, kind: "ServiceMonitor" },
  { apiVersion: `${group}/v1`, kind: "PodMonitor" },
  { apiVersion: `${group}/v1`, kind: "PrometheusRule" },
  { apiVersion: `${group}/v1alpha1`, kind: "AlertmanagerConfig" },
];

/** The kinds without which the operator does not start, or does not do what the stack needs. */
export const operatorKinds = [...servers, ...configurations, { apiVersion: `${group}/v1`, kind: "Probe" }];

/** An object that changed while the operator worked is looked at again at once; what still fails after this is wrong. */
const patienceMs = 60_000;
const pollMs = 200;

/**
 * Waits until the Prometheus operator has taken in every object that is for it.
 *
 * @throws UserError in one line with the object and the operator's words, when it rejects one.
 */
export async function untilTaken(client: KubeClient, report: Report, signal: AbortSignal): Promise<void> {
  const activity = report.activity("waiting for the Prometheus operator");
  try {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const { rejected, open } = await verdicts(client);
      if (rejected !== undefined) throw new UserError(rejected);
      if (open === undefined) break;
      if (signal.aborted) throw new Interrupted();
      if (Date.now() > deadline) throw new UserError(open);
      activity.update(open);
      await sleep(pollMs);
    }
    activity.drop();
  } catch (error) {
    activity.fail();
    throw error;
  }
}

/** What the operator has rejected, and what it has not taken in yet: each in one line, undefined when there is none. */
export async function verdicts(
  client: KubeClient,
): Promise<{ rejected: string | undefined; open: string | undefined }> {
  const list = async (kinds: typeof servers) =>
    (await Promise.all(kinds.map(({ apiVersion, kind }) => client.list(apiVersion, kind)))).flat();
  const [running, taken] = await Promise.all([list(servers), list(configurations)]);
  // Without a server the operator looks at nothing else.
  if (running.length === 0) return { rejected: undefined, open: undefined };
  const bases = new Set(running.flatMap(baseOf));
  const looked = taken.filter((object) => !bases.has(nameOf(object)));
  const [rejected] = taken.flatMap((object) => rejection(object) ?? []);
  const [open] = [...running.map(unfinished), ...looked.map(unseen)].filter((line) => line !== undefined);
  return { rejected, open };
}

/** Why a server does not run as it should yet. */
export function unfinished(object: KubeObject): string | undefined {
  const reconciled = conditionsOf(object).find(({ type }) => type === "Reconciled");
  if (!isCurrent(reconciled, object)) return `the Prometheus operator has not taken in ${nameOf(object)} yet`;
  if (reconciled?.status === "True") return undefined;
  return `the Prometheus operator does not run ${nameOf(object)}: ${words(reconciled)}`;
}

/** Why a configuration was rejected, for the generation that it has now. */
export function rejection(object: KubeObject): string | undefined {
  const refused = acceptances(object).find((condition) => condition.status === "False" && isCurrent(condition, object));
  return refused && `the Prometheus operator rejects ${nameOf(object)}: ${words(refused)}`;
}

/** That a configuration was not looked at in the generation that it has now. */
export function unseen(object: KubeObject): string | undefined {
  const seen = acceptances(object).some((condition) => isCurrent(condition, object));
  return seen ? undefined : `the Prometheus operator has not taken in ${nameOf(object)} yet`;
}

function acceptances(object: KubeObject): Condition[] {
  return conditionsOf(object).filter(({ type }) => type === "Accepted");
}

function isCurrent(condition: Condition | undefined, { metadata }: KubeObject): boolean {
  return condition !== undefined && (condition.observedGeneration ?? 0) >= (metadata.generation ?? 0);
}

function words({ reason = "", message = "" }: Condition = { type: "", status: "" }): string {
  return errorLine([reason, message].filter((part) => part !== "").join(": ")) || "it does not say why";
}

/** The AlertmanagerConfig that an Alertmanager starts from: the operator says what it thinks of it on the Alertmanager. */
function baseOf({ metadata, spec }: KubeObject): string[] {
  const { alertmanagerConfiguration: base } = (spec ?? {}) as { alertmanagerConfiguration?: { name: string } };
  return base === undefined ? [] : [`AlertmanagerConfig ${metadata.namespace ?? ""}/${base.name}`];
}

function nameOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace ?? ""}/${metadata.name}`;
}
