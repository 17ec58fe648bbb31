import type { PersistentVolumeClaimSpec, PodSecurityContext } from "../customResources/common.ts";

/**
 * A claim for a volume that one pod writes, of the cluster's default storage class.
 *
 * @param size a Kubernetes quantity such as `10Gi`
 */
export function volumeClaim(size: string): PersistentVolumeClaimSpec {
  return { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: size } } };
}

/**
 * Lets the user of a pod write its volumes: most storage classes give them to root. The kubelet then changes the owner of every file;
 * but for the first time it looks only at the top folder, else each start of a pod waits for all files.
 *
 * @param fsGroup group that the volumes get
 */
export function volumeOwner(fsGroup: number): PodSecurityContext {
  return { fsGroup, fsGroupChangePolicy: "OnRootMismatch" };
}
