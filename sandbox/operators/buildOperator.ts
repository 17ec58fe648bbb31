// Builds the Prometheus operator, and runs it if its Deployment is in the cluster: a program of its own, which `up` starts.
import { poll } from "../../cli/poll.ts";
import { createReport } from "../../cli/report.ts";
import { type Cluster, findCluster } from "../cluster/cluster.ts";
import { openCluster } from "../cluster/api/client.ts";
import type { SandboxPaths } from "../paths.ts";
import { ensureTools } from "../programs/tools.ts";
import { endOperatorBuild } from "./operatorBuild.ts";
import { syncPrometheusOperator } from "./prometheusOperator.ts";

/** An API server that is busy answers late. */
const patienceMs = 20_000;
const pollMs = 250;

const paths = JSON.parse(process.argv[2] ?? "") as SandboxPaths;
const { signal } = new AbortController();
// Without an exit of Node's own the compiler would go on.
process.once("SIGTERM", () => process.exit(143));

const report = createReport();
await ensureTools(["prometheus-operator"], paths, report);
let cluster: Cluster | undefined;
await poll(async () => (cluster = await findCluster(paths)) !== undefined, patienceMs, pollMs);
if (cluster !== undefined)
  await syncPrometheusOperator(openCluster(cluster.kubeconfig), cluster.server, paths, report, signal);
endOperatorBuild(paths.state);
process.exit(0);
