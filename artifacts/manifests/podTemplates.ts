const template = ["spec", "template"];

/** Where a kind holds its pod template (the parent of `spec.containers`). */
const templatePaths: Readonly<Record<string, string[]>> = {
  Pod: [],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  DaemonSet: template,
  Deployment: template,
  Job: template,
  ReplicaSet: template,
  StatefulSet: template,
};

/** Paths (as in `updateAt`) to the containers of a kind, init containers included; none for a kind that makes no pods. */
export function containerPaths(kind: string): string[][] {
  const path = templatePaths[kind];
  return path === undefined ? [] : ["containers", "initContainers"].map((list) => [...path, "spec", list, "*"]);
}

/** Path (as in `updateAt`) to a kind's pod, its `spec`; undefined for a kind that makes no pods. */
export function podPath(kind: string): string[] | undefined {
  const path = templatePaths[kind];
  return path === undefined ? undefined : [...path, "spec"];
}
