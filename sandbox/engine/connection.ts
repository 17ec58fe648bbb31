import { existsSync } from "node:fs";
import { UserError } from "../../cli/errors.ts";
import { readProject } from "../../settings/stackFile.ts";
import { startCluster, syncStages, type Cluster } from "../cluster/cluster.ts";
import { syncPrometheusOperator } from "../operators/prometheusOperator.ts";
import { commandLine } from "../options.ts";
import type { Session } from "../session.ts";
import { type KubeClient, openCluster } from "../cluster/api/client.ts";
import { ensureTools } from "../programs/tools.ts";
import { applyEnvironment, clearTemporary, engineHome, prepareHome, type EngineHome } from "./home.ts";
import { endLeftovers } from "./leftovers.ts";
import { type EnginePrograms, findPrograms } from "./programs.ts";
import { stateFile } from "./states.ts";
import { workspaceFolder } from "./workspace.ts";

/** A running cluster, and the engine that works on it. */
export interface Connection {
  cluster: Cluster;
  client: KubeClient;
  engine: EngineHome;
  /** Lets what stands for operators come and go with their kinds and Deployments. */
  syncOperators: () => Promise<void>;
}

/**
 * Makes the engine ready for a stack that the sandbox's backend has.
 *
 * @returns also the stack's workspace
 * @throws UserError when there is none
 */
export async function existingStack(session: Session): Promise<{ engine: EngineHome; folder: string }> {
  const { options, paths, folder } = session;
  const { name } = readProject(folder, options.stack, options);
  if (!existsSync(stateFile(engineHome(paths), name, options.stack))) {
    throw new UserError(`stack "${options.stack}" has nothing in this sandbox: run "${commandLine("up", options)}"`);
  }
  const engine = await prepareEngine(session);
  return { engine, folder: workspaceFolder(engine, name, options.stack) };
}

/**
 * Makes the engine ready: its programs, and its folders below the state folder. From then on this process can reach the
 * sandbox's stacks and its cluster only.
 */
export async function prepareEngine({ paths, report }: Pick<Session, "paths" | "report">): Promise<EngineHome> {
  const engine = engineHome(paths);
  return useEngine(engine, await findPrograms(engine, paths, report), { paths, report });
}

function useEngine(
  engine: EngineHome,
  programs: EnginePrograms & { line: string },
  { paths, report }: Pick<Session, "paths" | "report">,
): EngineHome {
  report.note(programs.line);
  prepareHome(engine, programs);
  applyEnvironment(engine, paths);
  return engine;
}

/**
 * Starts the cluster, or finds the running one, and makes the engine ready: each waits for its own programs only. The operator's is
 * fetched or built beside what comes then.
 */
export async function connect(session: Session): Promise<Connection> {
  const { options, paths, report, signal } = session;
  const home = engineHome(paths);
  await endLeftovers(home, report);
  const [programs, cluster] = await bothOf(findPrograms(home, paths, report), startCluster(paths, report));
  const engine = useEngine(home, programs, session);
  clearTemporary(engine);
  const client = openCluster(cluster.kubeconfig, signal);
  const program = async () => (await ensureTools(["prometheus-operator"], paths, report))["prometheus-operator"];
  // Other verbs need it only where one ran. Whoever asks for it is told of a failure.
  if (options.verb === "up") program().catch(() => undefined);
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

/** Both, also where one fails: a run that ends must not leave the other half done. */
async function bothOf<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}
