import type { Storage } from "../customResources/prometheus.ts";
import { volumeClaim } from "../kubernetes/volumeClaim.ts";

/**
 * Where the pods of a Prometheus or Alertmanager keep their data.
 *
 * @param volumeSize size of each pod's volume; "" is none
 * @param sizeLimit what a pod without a volume may write: one that writes more is evicted, its node is not filled
 */
export function podStorage(volumeSize: string, sizeLimit: string): Storage {
  return volumeSize === "" ? { emptyDir: { sizeLimit } } : { volumeClaimTemplate: { spec: volumeClaim(volumeSize) } };
}
