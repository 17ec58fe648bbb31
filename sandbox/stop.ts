import { stopCluster } from "./cluster/cluster.ts";
import { stopOperators } from "./operators/prometheusOperator.ts";
import type { SandboxPaths } from "./paths.ts";
import type { Report } from "../cli/report.ts";

/** Ends the operators that run as processes, and then the cluster, as `stopCluster` does. */
export async function stopSandbox(paths: SandboxPaths, report: Report): Promise<void> {
  await stopOperators(paths.state, report);
  await stopCluster(paths, report);
}
