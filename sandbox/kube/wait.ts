import { JSONPath } from "jsonpath-plus";
import { UserError } from "../errors.ts";
import type { KubeObject } from "./client.ts";

/** Something an object must show before what depends on it may follow. */
export interface Condition {
  /** What is waited for, e.g. "condition Ready=True". */
  text: string;
  /** Why it is not met yet; undefined when it is. */
  missing(object: KubeObject): string | undefined;
}

/** Annotation that says what to wait for. */
export const WAIT_FOR = "pulumi.com/waitFor";
const SKIP_AWAIT = "pulumi.com/skipAwait";
const TIMEOUT = "pulumi.com/timeoutSeconds";
/** What a person should look at when a wait takes too long; the program's own. */
const HINT = "fluffy-observability/wait-hint";

/** What the Kubernetes provider waits for as long as nothing else is said: ten minutes. */
const DEFAULT_TIMEOUT_SECONDS = 600;

/**
 * What to wait for after an object was applied, as the Kubernetes provider does it: what its annotations say, else
 * what its kind calls for.
 *
 * @throws UserError when an annotation cannot be understood.
 */
export function conditionsOf(object: KubeObject): Condition[] {
  const annotations = object.metadata.annotations ?? {};
  if (annotations[SKIP_AWAIT] === "true") return [];
  const wanted = annotations[WAIT_FOR];
  if (wanted !== undefined) return parseWaitFor(wanted);
  const usual = usualCondition(object);
  return usual === undefined ? [] : [usual];
}

/** Seconds to wait: the annotation, else the resource's `customTimeouts`, else ten minutes. */
export function timeoutOf(object: KubeObject, customTimeout: string | undefined): number {
  const annotation = Number(object.metadata.annotations?.[TIMEOUT]);
  if (annotation > 0) return annotation;
  return customTimeout === undefined ? DEFAULT_TIMEOUT_SECONDS : parseDuration(customTimeout);
}

/** What the object's annotations tell a person whose wait was in vain; empty when they tell nothing. */
export function hintOf(object: KubeObject): string {
  const hint = object.metadata.annotations?.[HINT];
  return hint === undefined ? "" : `; it ${hint}`;
}

/**
 * Seconds of a duration as Pulumi writes it, e.g. "90s", "1h30m".
 *
 * @throws UserError for anything else.
 */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== text) {
    throw new UserError(`timeout "${text}": must be a duration such as "90s" or "5m"`);
  }
  const seconds: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (seconds[unit ?? ""] ?? 0), 0);
}

/**
 * Reads the annotation `pulumi.com/waitFor`: `jsonpath={...}[=value]`, `condition=Type[=Status]`, or a JSON array of them.
 *
 * @throws UserError for anything else.
 */
export function parseWaitFor(text: string): Condition[] {
  if (!text.trim().startsWith("[")) return [parseCondition(text)];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw notUnderstood(text);
  }
  if (!Array.isArray(list)) throw notUnderstood(text);
  return list.map((entry) => parseCondition(String(entry)));
}

function parseCondition(text: string): Condition {
  const jsonPath = /^jsonpath=\{(.*)\}(?:=(.*))?$/s.exec(text.trim());
  if (jsonPath?.[1] !== undefined) return jsonPathCondition(jsonPath[1], jsonPath[2]);
  const condition = /^condition=([^=]+)(?:=(.+))?$/.exec(text.trim());
  if (condition?.[1] !== undefined) return statusCondition(condition[1], condition[2] ?? "True");
  throw notUnderstood(text);
}

function notUnderstood(text: string): UserError {
  return new UserError(
    `${WAIT_FOR}: "${text}" must be jsonpath={...}[=value], condition=Type[=Status] or a JSON array`,
  );
}

/** Like the provider it is met as soon as the first value that the path selects is there. */
function jsonPathCondition(path: string, value: string | undefined): Condition {
  const text = value === undefined ? path : `${path}=${value}`;
  return {
    text,
    missing: (object) => {
      const found = selectFirst(path, object);
      if (found === undefined) return `${path} is not there yet`;
      const shown = typeof found === "string" ? found : JSON.stringify(found);
      return value === undefined || shown === value ? undefined : `${path} is ${shown}, not ${value}`;
    },
  };
}

/** Kubernetes writes `.a.b` where the library wants `$.a.b`. */
function selectFirst(path: string, object: KubeObject): unknown {
  const found = JSONPath<unknown[]>({ path: `$${path}`, json: object, eval: "safe", wrap: true });
  return found[0];
}

interface StatusCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

function statusCondition(type: string, status: string): Condition {
  return {
    text: `condition ${type}=${status}`,
    missing: (object) => {
      const all = (statusOf(object).conditions ?? []) as StatusCondition[];
      const found = all.find((condition) => condition.type.toLowerCase() === type.toLowerCase());
      if (found === undefined) return `condition ${type} is not there yet`;
      if (found.status === status) return undefined;
      const why = [found.reason, found.message].filter((part) => part !== undefined && part !== "").join(": ");
      return `condition ${type} is ${found.status}${why === "" ? "" : ` (${why})`}`;
    },
  };
}

/** What a kind calls for; undefined for kinds that are usable as soon as they exist. */
function usualCondition(object: KubeObject): Condition | undefined {
  switch (`${object.apiVersion.split("/")[0] ?? ""} ${object.kind}`) {
    case "apps Deployment":
    case "apps StatefulSet":
      return { text: "its pods to be ready", missing: replicasMissing };
    case "apps DaemonSet":
      return { text: "its pods to be ready", missing: daemonsMissing };
    case "batch Job":
      return statusCondition("Complete", "True");
    case "apiextensions.k8s.io CustomResourceDefinition":
      return statusCondition("Established", "True");
    case "v1 Namespace":
      return {
        text: "phase Active",
        missing: (namespace) => {
          const { phase = "not set yet" } = statusOf(namespace) as { phase?: string };
          return phase === "Active" ? undefined : `phase is ${phase}`;
        },
      };
    default:
      return undefined;
  }
}

function replicasMissing(object: KubeObject): string | undefined {
  const status = statusOf(object);
  const spec = object.spec as { replicas?: number } | undefined;
  const wanted = spec?.replicas ?? 1;
  // A StatefulSet whose pods are all of the current revision does not count them as updated.
  const settled = status.currentRevision !== undefined && status.currentRevision === status.updateRevision;
  const updated = settled ? (status.updatedReplicas ?? status.currentReplicas) : status.updatedReplicas;
  const counts = [updated, status.availableReplicas].map((n) => Number(n ?? 0));
  return unobserved(object) ?? fewer(Math.min(...counts), wanted);
}

function daemonsMissing(object: KubeObject): string | undefined {
  const status = statusOf(object);
  return unobserved(object) ?? fewer(Number(status.numberAvailable ?? 0), Number(status.desiredNumberScheduled ?? 0));
}

function fewer(available: number, wanted: number): string | undefined {
  return available < wanted ? `${String(available)} of ${String(wanted)} pods are ready` : undefined;
}

/** Until the controller has seen the change, the status is still that of the former version. */
function unobserved(object: KubeObject): string | undefined {
  const observed = Number(statusOf(object).observedGeneration ?? 0);
  return observed < (object.metadata.generation ?? 0) ? "its controller has not seen the change yet" : undefined;
}

function statusOf(object: KubeObject): Record<string, unknown> {
  return (object.status ?? {}) as Record<string, unknown>;
}
