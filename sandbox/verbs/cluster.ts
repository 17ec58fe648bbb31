import { startCluster } from "../cluster/cluster.ts";
import type { Session } from "../session.ts";
import { NOTHING_DONE, type Summary } from "../summary.ts";

/** Starts the cluster alone and prints where its kubeconfig is. */
export async function cluster({ paths, report, print }: Session): Promise<Summary> {
  const { kubeconfig } = await startCluster(paths, report);
  print(kubeconfig);
  return NOTHING_DONE;
}
