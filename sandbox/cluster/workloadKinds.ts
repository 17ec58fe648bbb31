/** Kinds of `apps/v1` whose pods run for as long as the object is there. */
export const workloadKinds = ["Deployment", "StatefulSet", "DaemonSet"] as const;
