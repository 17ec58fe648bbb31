import { clusterRuns, startCluster, syncStages, type Cluster } from "../cluster/cluster.ts";
import { clusterTools } from "../cluster/config.ts";
import { syncPrometheusOperator } from "../operators/prometheusOperator.ts";
import { openCluster, type Session } from "../session.ts";
import type { KubeClient } from "../cluster/api/client.ts";
import { ensureTools } from "../programs/tools.ts";
import { applyEnvironment, clearTemporary, engineHome, prepareHome, type EngineHome } from "./home.ts";
import { endLeftovers } from "./leftovers.ts";
import { findPrograms } from "./programs.ts";

/** A running cluster, and the engine that works on it. */
export interface Connection {
  cluster: Cluster;
  client: KubeClient;
  engine: EngineHome;
  /** Lets what stands for operators come and go with their kinds and Deployments. */
  syncOperators: () => Promise<void>;
}

/**
 * Makes the engine ready: its programs, and its folders below the state folder. From then on this process can reach the
 * sandbox's stacks and its cluster only.
 */
export async function prepareEngine({ paths, report }: Pick<Session, "paths" | "report">): Promise<EngineHome> {
  const engine = engineHome(paths);
  const programs = await findPrograms(engine, paths, report);
  report.note(programs.line);
  prepareHome(engine, programs);
  applyEnvironment(engine, paths);
  return engine;
}

/** Starts the cluster, or finds the running one, and makes the engine ready. */
export async function connect(session: Session): Promise<Connection> {
  const { options, paths, report, signal } = session;
  // Before the first step, which would otherwise wait for its program. Other verbs need the operator only where one ran.
  const operators = options.verb === "up" ? (["prometheus-operator"] as const) : [];
  await ensureTools([...(clusterRuns(paths) ? [] : clusterTools), ...operators], paths, report);
  const engine = await prepareEngine(session);
  await endLeftovers(engine, report);
  clearTemporary(engine);
  const cluster = await startCluster(paths, report);
  const client = openCluster(cluster.kubeconfig, signal);
  const program = async () => (await ensureTools(["prometheus-operator"], paths, report))["prometheus-operator"];
  const operator = { program, server: cluster.server };
  // One at a time: two releases may end at once, and the operator must be started once.
  let synced = Promise.resolve();
  const sync = async () => {
    await syncStages(cluster);
    await syncPrometheusOperator(client, operator, paths, report, signal);
  };
  const syncOperators = () => (synced = synced.then(sync));
  return { cluster, client, engine, syncOperators };
}
