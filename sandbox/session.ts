import { clusterRuns, startCluster } from "./cluster/cluster.ts";
import { clusterTools } from "./cluster/config.ts";
import { UserError } from "./errors.ts";
import { inventoriesOf, Inventory, type InventorySummary } from "./inventory.ts";
import { KubeClient } from "./kube/client.ts";
import { createTransport } from "./kube/transport.ts";
import { commandLine, type Options } from "./options.ts";
import { syncPrometheusOperator } from "./operators/prometheusOperator.ts";
import type { SandboxPaths } from "./paths.ts";
import type { Report } from "./report.ts";
import type { Connection, Row } from "./runner/deployment.ts";
import { ensureTools } from "./tools/tools.ts";

/** What every verb works with. */
export interface Session {
  options: Options;
  paths: SandboxPaths;
  report: Report;
  /** Aborted when the user asks to stop. */
  signal: AbortSignal;
  /** Folder of the Pulumi project. */
  folder: string;
  /** What became of the resources so far: a run that fails tells of these too. */
  rows: Row[];
  /** Prints one line of the result. */
  print: (line: string) => void;
}

/** A client for a cluster, and what tells it from a later one in the same place. */
export async function openCluster(
  kubeconfig: string,
  signal: AbortSignal,
): Promise<{ client: KubeClient; clusterId: string }> {
  const client = new KubeClient(createTransport(kubeconfig, signal));
  const system = await client.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" });
  return { client, clusterId: system?.metadata.uid ?? "" };
}

/**
 * Starts the cluster, or finds the running one, and opens a stack's inventory. The work is done once, at the first call
 * of what is returned: wrong settings must fail before anything starts.
 *
 * @param project name of the Pulumi project
 * @param notes said once the settings have turned out to be good
 */
export function lazyConnection(session: Session, project: string, notes: string[] = []): () => Promise<Connection> {
  let connection: Promise<Connection> | undefined;
  return () => {
    if (connection === undefined) for (const line of notes) session.report.note(line);
    return (connection ??= connect(session, project));
  };
}

async function connect(session: Session, project: string): Promise<Connection> {
  const { paths, report, signal, options } = session;
  // Built before the first step: a step would otherwise wait for its program.
  const missing = clusterRuns(paths) ? [] : clusterTools;
  const tools = await ensureTools([...missing, "helm", "prometheus-operator"], paths, report);
  const cluster = await startCluster(paths, report);
  const { client, clusterId } = await openCluster(cluster.kubeconfig, signal);
  const inventory = Inventory.open(paths.state, project, options.stack, clusterId);
  const others = inventoriesOf(paths.state).filter(({ cluster: id, count }) => id === clusterId && count > 0);
  if (options.verb === "destroy") refuseWhileUsed(project, options, others);
  else refuseOtherStack(project, options, others);
  const helm = { program: tools.helm, kubeconfig: cluster.kubeconfig, state: paths.state, signal };
  const operator = { program: tools["prometheus-operator"], server: cluster.server };
  // One at a time: two releases may end at once, and the operator must be started once.
  let synced = Promise.resolve();
  const syncOperators = () =>
    (synced = synced.then(() => syncPrometheusOperator(client, operator, paths, report, signal)));
  // One that was killed with the cluster, or by itself, comes back.
  if (options.verb !== "preview") await syncOperators();
  return { cluster, client, inventory, helm, syncOperators };
}

/**
 * Refuses a second stack of a project in the cluster: both would claim the same objects.
 *
 * @throws UserError naming the other stack and what to do.
 */
function refuseOtherStack(project: string, options: Options, others: readonly InventorySummary[]): void {
  const other = others.find((found) => found.project === project && found.stack !== options.stack);
  if (other === undefined) return;
  const command = commandLine("destroy", { ...options, stack: other.stack });
  throw new UserError(
    `stack "${other.stack}" is in this sandbox: first run "${command}", or use another --state and --port`,
  );
}

/**
 * Refuses to destroy what another project's stack in the cluster uses.
 *
 * @throws UserError naming that stack and what to do.
 */
function refuseWhileUsed(project: string, { stack }: Options, others: readonly InventorySummary[]): void {
  const user = others.find(({ references }) => references.includes(`${project}/${stack}`));
  if (user === undefined) return;
  const command = commandLine("destroy", { stack: user.stack, project: `<folder of ${user.project}>` });
  throw new UserError(
    `stack ${user.project}/${user.stack} in this sandbox uses the outputs of ${project}/${stack}: first run "${command}"`,
  );
}
