import { startCluster } from "../cluster/cluster.ts";
import type { Session } from "../session.ts";

/** Starts the cluster alone and prints where its kubeconfig is. */
export async function cluster({ paths, report, print }: Session): Promise<void> {
  const { kubeconfig } = await startCluster(paths, report);
  print(kubeconfig);
}
