/** What kind of objects a stage plays on. */
export interface StageTarget {
  /** With the version, as in a manifest: `v1`, `monitoring.coreos.com/v1`. */
  apiVersion: string;
  kind: string;
}

/** One thing that a stage does. Templates are Go templates over the object that give YAML. */
export type StageStep =
  | { delete: true }
  | { patch: { subresource?: "status"; root?: "status"; type?: "json" | "merge" | "strategic"; template: string } };

/** What a stage is to the API server. */
export const stageKind = { apiVersion: "kwok.x-k8s.io/v1alpha1", kind: "Stage" } as const;

/** A KWOK Stage: what a simulated kubelet or operator does to an object that is in a certain condition. */
export interface Stage {
  apiVersion: "kwok.x-k8s.io/v1alpha1";
  kind: "Stage";
  metadata: { name: string };
  spec: {
    resourceRef: { apiGroup: string; kind: string };
    selector: { matchExpressions: { jq: { key: string; operator: "In"; values: ["true"] } }[] };
    delay?: { durationMilliseconds: number };
    steps: StageStep[];
  };
}

/** What makes up a stage. */
export interface StageArgs {
  name: string;
  target: StageTarget;
  /** A jq expression that is true for objects that the stage is to be played on, and no longer once it was. */
  when: string;
  /** Time between the match and the steps, in milliseconds. @default 0 */
  delay?: number;
  steps: StageStep[];
}

/** Builds a stage from its parts. */
export function stage(args: StageArgs): Stage {
  return {
    ...stageKind,
    metadata: { name: args.name },
    spec: {
      resourceRef: { apiGroup: args.target.apiVersion, kind: args.target.kind },
      selector: { matchExpressions: [{ jq: { key: args.when, operator: "In", values: ["true"] } }] },
      ...(args.delay === undefined ? {} : { delay: { durationMilliseconds: args.delay } }),
      steps: args.steps,
    },
  };
}

/** A step that writes the object's status. */
export function patchStatus(template: string): StageStep {
  return { patch: { subresource: "status", root: "status", template } };
}
