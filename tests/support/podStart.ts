/** What decides which user a container has. */
export interface UserContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
}

/** A container as far as the kubelet looks at its user. */
export interface StartedContainer {
  readonly name: string;
  readonly securityContext?: UserContext;
}

/** A pod, or its template's spec, as far as the kubelet looks at its users. */
export interface StartedPod {
  readonly securityContext?: UserContext;
  readonly initContainers?: readonly StartedContainer[];
  readonly containers: readonly StartedContainer[];
}

/**
 * Why the kubelet would not start a container of a pod: its rule for `runAsNonRoot` (kuberuntime, `verifyRunAsNonRoot`).
 *
 * @param imageUsers the user that each container's image names, by container; a name that is no number as a string
 */
export function startErrors(pod: StartedPod, imageUsers: Readonly<Record<string, number | string>>): string[] {
  return [...(pod.initContainers ?? []), ...pod.containers].flatMap((container) => {
    const own = { ...pod.securityContext, ...container.securityContext };
    if (own.runAsNonRoot !== true) return [];
    if (own.runAsUser === 0) return [`${container.name}: container's runAsUser breaks non-root policy`];
    if (own.runAsUser !== undefined) return [];
    const user = imageUsers[container.name] ?? 0;
    if (typeof user === "string") return [`${container.name}: image has non-numeric user (${user})`];
    return user === 0 ? [`${container.name}: container has runAsNonRoot and image will run as root`] : [];
  });
}
