import type { ContainerSecurityContext, PodSecurityContext } from "./customResources/common.ts";

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
