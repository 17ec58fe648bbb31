import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { UserError } from "../errors.ts";
import { writeFileAtomically } from "../files.ts";
import { createTransport, sendOnce, type Transport } from "../kube/transport.ts";
import type { SandboxPaths } from "../paths.ts";
import type { Report } from "../report.ts";
import { readGoModule } from "../tools/goModule.ts";
import { ensureTools } from "../tools/tools.ts";
import { formatKubeconfig, readKubeconfig, readPki } from "./access.ts";
import { clusterFolders, clusterPorts, clusterTools, kwokctlConfig } from "./config.ts";
import { createCluster, type Kwokctl, restartKwok } from "./kwokctl.ts";
import { sandboxNode } from "./node.ts";
import { checkPorts, isFree } from "./ports.ts";
import { clusterProcesses, killPrograms, runningPrograms } from "./programs.ts";
import { applyObject, applyStages, servesStages } from "./syncStages.ts";

/** A cluster that answers. */
export interface Cluster {
  /** Path of a kubeconfig file with full rights. */
  kubeconfig: string;
  /** The API server, as `https://127.0.0.1:16440`. */
  server: string;
}

/** A cluster that lives on this machine answers in milliseconds, even when it has much to do. */
const ALIVE_TIMEOUT_MS = 900;
const NODE_TIMEOUT_MS = 30_000;
const PORTS_TIMEOUT_MS = 5000;

/**
 * Finds the cluster of the state folder or starts it: a real API server with etcd, controller manager and scheduler, and
 * KWOK in the place of kubelets. Whatever a killed run has left is cleared away first; the objects that the cluster held stay.
 *
 * @throws UserError when a tool cannot be had, a port is in use, or a program does not start
 */
export async function startCluster(paths: SandboxPaths, report: Report): Promise<Cluster> {
  const found = await findCluster(paths);
  if (found !== undefined && allProgramsRun(paths)) {
    // The run that started it may have been killed before this step.
    await bringUpNode(found, paths);
    return found;
  }
  const tools = await ensureTools(clusterTools, paths, report);
  const activity = report.activity("starting the cluster");
  try {
    const folders = clusterFolders(paths.state);
    await killPrograms(folders);
    rmSync(folders.workdir, { recursive: true, force: true });
    await checkPorts(paths.firstPort);
    // etcd refuses a data folder that others can read.
    mkdirSync(folders.data, { recursive: true, mode: 0o700 });
    writeFileAtomically(folders.config, dump(kwokctlConfig(folders, paths.firstPort, tools)));
    activity.update("waiting for the API server");
    const kwokctl = { file: tools.kwokctl, folders, kubernetesVersion: kubernetesVersion(paths) };
    await createCluster(kwokctl);
    const server = `https://127.0.0.1:${clusterPorts(paths.firstPort)["kube-apiserver"][0]}`;
    const access = readPki(folders.pki, server);
    writeFileAtomically(kubeconfigOf(paths), formatKubeconfig(access));
    const cluster = { kubeconfig: kubeconfigOf(paths), server };
    activity.update("waiting for the simulated node");
    await bringUpNode(cluster, paths, kwokctl);
    activity.done();
    return cluster;
  } catch (error) {
    activity.fail();
    throw error;
  }
}

/** The cluster of the state folder, if its API server answers; asks for at most a second. */
export async function findCluster(paths: SandboxPaths): Promise<Cluster | undefined> {
  const access = readKubeconfig(kubeconfigOf(paths));
  if (access === undefined) return undefined;
  try {
    await sendOnce(access, { method: "GET", path: "/readyz" }, ALIVE_TIMEOUT_MS);
    return { kubeconfig: kubeconfigOf(paths), server: access.server };
  } catch {
    return undefined;
  }
}

/** Ends the cluster's processes, deletes its data and kubeconfig, and returns when its ports are free. */
export async function stopCluster(paths: SandboxPaths, report: Report): Promise<void> {
  const folders = clusterFolders(paths.state);
  const access = readKubeconfig(kubeconfigOf(paths));
  if (!existsSync(folders.root) && access === undefined) return;
  const activity = report.activity("stopping the cluster");
  const wereRunning = clusterProcesses(folders).length > 0;
  await killPrograms(folders);
  rmSync(folders.root, { recursive: true, force: true });
  rmSync(kubeconfigOf(paths), { force: true });
  // The ports it was started with, which need not be those of this call.
  const firstPort = access === undefined ? paths.firstPort : Number(new URL(access.server).port);
  if (wereRunning) await portsFreed(firstPort);
  activity.done();
}

/**
 * Gives the simulated operators of kinds that have appeared their work, and takes it from those of kinds that are gone:
 * to be called whenever CRDs may have come or gone. Cheap when nothing changed.
 */
export async function syncStages(cluster: Cluster): Promise<void> {
  await applyStages(createTransport(cluster.kubeconfig), caBundleOf(cluster));
}

/** The cluster's own CA stands for the ones that cert-manager would make: the API server only takes real certificates. */
function caBundleOf(cluster: Cluster): string {
  return Buffer.from(readKubeconfig(cluster.kubeconfig)?.ca ?? "").toString("base64");
}

function kubeconfigOf(paths: SandboxPaths): string {
  return join(paths.state, "kubeconfig");
}

function allProgramsRun(paths: SandboxPaths): boolean {
  const running = runningPrograms(clusterFolders(paths.state));
  return Object.keys(clusterPorts(paths.firstPort)).every((program) => running.has(program));
}

function kubernetesVersion(paths: SandboxPaths): string {
  const version = readGoModule(join(paths.project, "tools", "kubernetes")).requires.get("k8s.io/kubernetes");
  if (version === undefined) throw new Error("tools/kubernetes/go.mod does not require k8s.io/kubernetes");
  return version;
}

/**
 * The node is ready once KWOK plays its stages: from then on pods start.
 *
 * @param kwokctl of a cluster that was started just now
 */
async function bringUpNode(cluster: Cluster, paths: SandboxPaths, kwokctl?: Kwokctl): Promise<void> {
  const send = createTransport(cluster.kubeconfig);
  const log = join(clusterFolders(paths.state).logs, "kwok-controller.log");
  await waitFor(() => servesStages(send), NODE_TIMEOUT_MS, "the cluster does not know the kind Stage");
  await syncStages(cluster);
  if (kwokctl !== undefined) await restartKwok(kwokctl);
  await applyObject(send, "/api/v1/nodes", sandboxNode);
  await waitFor(() => nodeIsReady(send), NODE_TIMEOUT_MS, `the simulated node does not become ready: see ${log}`);
}

async function nodeIsReady(send: Transport): Promise<boolean> {
  const node = (await send({ method: "GET", path: `/api/v1/nodes/${sandboxNode.metadata.name}` })) as {
    status?: { conditions?: { type: string; status: string }[] };
  };
  return node.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
}

/** The system frees the ports of a killed process a moment after it is gone. */
async function portsFreed(firstPort: number): Promise<void> {
  for (const port of Object.values(clusterPorts(firstPort)).flat()) {
    await waitFor(() => isFree(port), PORTS_TIMEOUT_MS, `port ${port} is still in use after the cluster was stopped`);
  }
}

async function waitFor(condition: () => Promise<boolean>, timeout: number, failure: string): Promise<void> {
  const deadline = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new UserError(failure);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
