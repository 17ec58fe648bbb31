import type { ContainerSecurityContext, PodSecurityContext } from "../customResources/common.ts";

/** How much Pod Security lets the pods of a namespace do. */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** The version of Kubernetes whose rules count: a newer cluster refuses no more than the tests' does. */
export const podSecurityVersion = "v1.36";

/** The labels that make the API server refuse what a level does not allow, and say and record it before. */
export function podSecurityLabels(level: PodSecurityLevel): Record<string, string> {
  return Object.fromEntries(
    ["enforce", "audit", "warn"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, podSecurityVersion],
    ]),
  );
}

/** A pod that runs as a user, as Pod Security's level `restricted` wants it. */
export function podSecurity(user: number) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    seccompProfile: { type: "RuntimeDefault" },
  } satisfies PodSecurityContext;
}

/** A container without rights that writes to its volumes only. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
} satisfies ContainerSecurityContext;
