import type { KubeClient } from "../kube/client.ts";
import { conditionsOf } from "../kube/wait.ts";
import type { Activity } from "../report.ts";
import { describeRef } from "../runner/identity.ts";

const LOOK_EVERY_MS = 1000;
/** What Helm waits for, of what charts usually hold. */
const WATCHED = [
  { apiVersion: "apps/v1", kind: "Deployment" },
  { apiVersion: "apps/v1", kind: "StatefulSet" },
  { apiVersion: "batch/v1", kind: "Job" },
] as const;

/** Helm says nothing while it waits. */
export interface ReleaseWatch {
  /** Ends the watch; what was last seen missing, if anything. */
  stop(): string | undefined;
}

/** Shows, while Helm works on a release, which of its objects is not ready and why. */
export function watchRelease(client: KubeClient, namespace: string, name: string, activity: Activity): ReleaseWatch {
  let missing: string | undefined;
  let stopped = false;
  const look = async () => {
    const lists = await Promise.all(WATCHED.map(({ apiVersion, kind }) => client.list(apiVersion, kind, namespace)));
    const seen = WATCHED.flatMap((kind, index) => (lists[index] ?? []).map((object) => ({ ...object, ...kind })))
      .filter(
        (object) => object.metadata.annotations?.["meta.helm.sh/release-name"] === name || isHook(object.metadata),
      )
      .flatMap((object) => {
        const why = conditionsOf(object).flatMap((condition) => condition.missing(object) ?? [])[0];
        const { apiVersion, kind, metadata } = object;
        return why === undefined ? [] : [`${describeRef({ apiVersion, kind, ...metadata })}: ${why}`];
      });
    if (stopped || seen[0] === undefined) return;
    missing = seen[0];
    activity.update(`waiting for ${missing}`);
  };
  const timer = setInterval(() => {
    // Helm reports itself when the API server is away.
    look().catch(() => undefined);
  }, LOOK_EVERY_MS);
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return missing;
    },
  };
}

function isHook({ annotations = {} }: { annotations?: Record<string, string> }): boolean {
  return "helm.sh/hook" in annotations;
}
