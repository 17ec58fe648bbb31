/** One thing that a stage does. Templates are Go templates over the object that give YAML. */
export type StageStep =
  | { delete: true }
  | { patch: { subresource?: "status"; root?: "status"; type?: "json" | "merge" | "strategic"; template: string } };

/** What is played on objects that are in a certain condition. */
export interface StageArgs {
  name: string;
  /** With the version, as in a manifest: `v1`, `monitoring.coreos.com/v1`. */
  target: { apiVersion: string; kind: string };
  /** A jq expression that is true for objects that the stage is to be played on, and no longer once it was. */
  when: string;
  /** Time between the match and the steps, in milliseconds. @default 0 */
  delay?: number;
  steps: StageStep[];
}

/** A KWOK Stage: what a simulated kubelet or operator does to an object. */
export type Stage = ReturnType<typeof stage>;

/** What a stage is to the API server. */
export const stageKind = { apiVersion: "kwok.x-k8s.io/v1alpha1", kind: "Stage" } as const;

/** Builds a stage from its parts. */
export function stage({ name, target, when, delay, steps }: StageArgs) {
  return {
    ...stageKind,
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: target.apiVersion, kind: target.kind },
      selector: { matchExpressions: [{ jq: { key: when, operator: "In", values: ["true"] } }] },
      ...(delay === undefined ? {} : { delay: { durationMilliseconds: delay } }),
      steps,
    },
  };
}

/** A step that writes the object's status. */
export function patchStatus(template: string): StageStep {
  return { patch: { subresource: "status", root: "status", template } };
}
