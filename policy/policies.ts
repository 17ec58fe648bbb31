import type { ResourceValidationPolicy } from "@pulumi/policy";
import {
  type Check,
  containersHaveResources,
  environmentHoldsNoSecret,
  imagesArePinned,
  podsAreUnprivileged,
  rolesHaveNoWildcard,
  workloadsHaveProbes,
} from "./checks.ts";
import type { KubernetesObject } from "./kubernetesObject.ts";

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
  policy("roles-have-no-wildcard", "Roles name what they grant.", rolesHaveNoWildcard),
];

function policy(name: string, description: string, check: Check): ResourceValidationPolicy {
  return {
    name,
    description,
    validateResource: ({ type, props }, reportViolation) => {
      // A release's inputs are no object of the API.
      if (!type.startsWith("kubernetes:") || type.startsWith("kubernetes:helm.sh/")) return;
      for (const violation of check(props as unknown as KubernetesObject)) reportViolation(violation);
    },
  };
}
