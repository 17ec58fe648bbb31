import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { Check } from "./check.ts";
import { containersHaveResources, environmentHoldsNoSecret, imagesArePinned, workloadsHaveProbes } from "./checks.ts";
import type { KubernetesObject } from "./kubernetesObject.ts";
import { urlsHoldNoLogin } from "./logins.ts";
import { podsAreUnprivileged } from "./privileges.ts";
import { bindingsAreNarrow, rolesDoNotEscalate, rolesHaveNoWildcard, secretsAreReadByNamespace } from "./rights.ts";

/**
 * The policies over every Kubernetes object that a stack registers. What is inside the operators' own releases is theirs,
 * and not seen here.
 */
export const policies: ResourceValidationPolicy[] = [
  policy("images-are-pinned", "Images have a fixed tag or digest.", imagesArePinned),
  policy("containers-have-resources", "Containers have requests and a memory limit.", containersHaveResources),
  policy("pods-are-unprivileged", "Pods run without root and without more rights.", podsAreUnprivileged),
  policy("workloads-have-probes", "Workloads have a readiness and a liveness probe.", workloadsHaveProbes),
  policy("environment-holds-no-secret", "Secrets come from a Secret.", environmentHoldsNoSecret),
  policy("urls-hold-no-login", "Logins come from a Secret.", urlsHoldNoLogin, { releases: true }),
  policy("roles-have-no-wildcard", "Roles name what they grant.", rolesHaveNoWildcard),
  policy("roles-do-not-escalate", "Roles grant no way to more rights.", rolesDoNotEscalate),
  policy("secrets-are-read-by-namespace", "No role reads every namespace's Secrets.", secretsAreReadByNamespace),
  policy("bindings-are-narrow", "Bindings hand out no role over everything, and none to everybody.", bindingsAreNarrow),
];

/** A release's inputs are no object of the API: only a check of what is anywhere looks at them. */
function policy(name: string, description: string, check: Check, { releases = false } = {}): ResourceValidationPolicy {
  return {
    name,
    description,
    validateResource: ({ type, props }, reportViolation) => {
      if (!type.startsWith("kubernetes:") || (type.startsWith("kubernetes:helm.sh/") && !releases)) return;
      for (const violation of check(props as unknown as KubernetesObject)) reportViolation(violation);
    },
  };
}
