import type { PersistentVolumeClaimSpec } from "./customResources/common.ts";

/**
 * A claim for a volume that one pod writes, of the cluster's default storage class.
 *
 * @param size a Kubernetes quantity such as `10Gi`
 */
export function volumeClaim(size: string): PersistentVolumeClaimSpec {
  return { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: size } } };
}
