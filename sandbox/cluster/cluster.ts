import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { UserError } from "../../cli/errors.ts";
import { writeFileAtomically } from "../../cli/files.ts";
import { poll } from "../../cli/poll.ts";
import { type KubeClient, openCluster } from "./api/client.ts";
import { sendOnce } from "./api/transport.ts";
import type { SandboxPaths } from "../paths.ts";
import { isFree } from "../../cli/ports.ts";
import { during, type Report } from "../../cli/report.ts";
import { toolVersion } from "../programs/build.ts";
import { ensureTools } from "../programs/tools.ts";
import { formatKubeconfig, readKubeconfig, readPki, writePki } from "./access.ts";
import { clusterFolders, clusterPorts, clusterTools, kwokctlConfig } from "./config.ts";
import { createCluster, type Kwokctl, restartKwok } from "./kwokctl.ts";
import { sandboxNode } from "./node.ts";
import { checkPorts } from "./ports.ts";
import { clusterProcesses, killPrograms, runningPrograms } from "./programs.ts";
import { apiServicePolicy, apiServicePolicyBinding } from "./admission.ts";
import { stageKind } from "./stages/stage.ts";
import { applyStages, fieldManager } from "./syncStages.ts";

/** A cluster that answers. */
export interface Cluster {
  /** Path of a kubeconfig file with full rights. */
  kubeconfig: string;
  /** The API server, as `https://127.0.0.1:16440`. */
  server: string;
}

/** A cluster that lives on this machine answers in milliseconds, even when it has much to do. */
const ALIVE_TIMEOUT_MS = 900;
const BUSY_PATIENCE_MS = 15_000;
const NODE_TIMEOUT_MS = 30_000;
const PORTS_PATIENCE_MS = 3000;

/**
 * Finds the cluster of the state folder or starts it: a real API server with etcd, controller manager and scheduler, and
 * KWOK in the place of kubelets. Whatever a killed run has left is cleared away first; the objects that the cluster held stay.
 *
 * @throws UserError when a tool cannot be had, a port is in use, or a program does not start
 */
export async function startCluster(paths: SandboxPaths, report: Report): Promise<Cluster> {
  const found = await findRunning(paths);
  if (found !== undefined) {
    // The run that started it may have been killed before this step.
    await bringUpNode(found, paths);
    return found;
  }
  const tools = await ensureTools(clusterTools, paths, report);
  const server = `https://127.0.0.1:${clusterPorts(paths.firstPort)["kube-apiserver"][0]}`;
  const cluster = { kubeconfig: kubeconfigOf(paths), server };
  await during(report, "starting the cluster", async (activity) => {
    const folders = clusterFolders(paths.state);
    await killPrograms(folders);
    await refuseMoved(paths);
    // A cluster was here: it may have been killed a moment ago.
    await checkPorts(paths.firstPort, existsSync(folders.root) ? PORTS_PATIENCE_MS : 0);
    rmSync(folders.workdir, { recursive: true, force: true });
    // The keys of an earlier start, so that copies of its kubeconfig and clients that wait for the cluster go on working.
    const access = readKubeconfig(cluster.kubeconfig);
    const whole = join(folders.data, "whole");
    if (access !== undefined) writePki(folders.pki, access);
    // etcd that was killed amid its first start never elects a leader: it begins anew.
    else if (!existsSync(whole)) rmSync(folders.data, { recursive: true, force: true });
    // etcd refuses a data folder that others can read.
    mkdirSync(folders.data, { recursive: true, mode: 0o700 });
    writeFileAtomically(folders.config, dump(kwokctlConfig(folders, paths.firstPort, tools)));
    activity.update("waiting for the API server");
    const kwokctl = { file: tools.kwokctl, folders, kubernetesVersion: toolVersion("kube-apiserver", paths.project) };
    await createCluster(kwokctl);
    writeFileAtomically(whole, "");
    writeFileAtomically(cluster.kubeconfig, formatKubeconfig(readPki(folders.pki, server)));
    activity.update("waiting for the simulated node");
    await bringUpNode(cluster, paths, kwokctl);
  });
  return cluster;
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

/** The cluster, if all its programs run and its API server answers; a busy one is given time before it counts as dead. */
async function findRunning(paths: SandboxPaths): Promise<Cluster | undefined> {
  let found: Cluster | undefined;
  const isDecided = async () => {
    // Without a kubeconfig its start was broken off, and there is nothing to wait for.
    if (!existsSync(kubeconfigOf(paths)) || !clusterRuns(paths)) return true;
    return (found = await findCluster(paths)) !== undefined;
  };
  await poll(isDecided, BUSY_PATIENCE_MS, 250);
  return found;
}

/** Ends the cluster's processes, deletes its data and kubeconfig; its ports are free then. */
export async function stopCluster(paths: SandboxPaths, report: Report): Promise<void> {
  const folders = clusterFolders(paths.state);
  if (clusterProcesses(folders).length === 0) await refuseMoved(paths);
  if (!existsSync(folders.root) && !existsSync(kubeconfigOf(paths))) return;
  await during(report, "stopping the cluster", async () => {
    // The ports it was started with, which need not be those of this call.
    const server = readKubeconfig(kubeconfigOf(paths))?.server;
    const firstPort = server === undefined ? paths.firstPort : Number(new URL(server).port);
    if (await killPrograms(folders)) await checkPorts(firstPort, PORTS_PATIENCE_MS);
    rmSync(folders.root, { recursive: true, force: true });
    rmSync(kubeconfigOf(paths), { force: true });
  });
}

/** Processes are known by their folder's path. Those of a folder that was moved must not be left without a record of them. */
async function refuseMoved(paths: SandboxPaths): Promise<void> {
  const server = readKubeconfig(kubeconfigOf(paths))?.server;
  const deadline = Date.now() + PORTS_PATIENCE_MS;
  // A busy one answers late; another program at its port never does.
  while (server !== undefined && Date.now() < deadline && !(await isFree(Number(new URL(server).port)))) {
    if ((await findCluster(paths)) !== undefined) {
      throw new UserError(
        `the cluster of ${paths.state} runs, but under the path that this folder had before: move it back, then run "down"`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/**
 * Gives the simulated operators of kinds that have appeared their work, and takes it from those of kinds that are gone:
 * to be called whenever CRDs may have come or gone. Cheap when nothing changed.
 */
export async function syncStages(cluster: Cluster): Promise<void> {
  await applyStages(openCluster(cluster.kubeconfig), caBundleOf(cluster));
}

/** The cluster's own CA stands for the ones that cert-manager would make: the API server only takes real certificates. */
function caBundleOf(cluster: Cluster): string {
  return Buffer.from(readKubeconfig(cluster.kubeconfig)?.ca ?? "").toString("base64");
}

function kubeconfigOf(paths: SandboxPaths): string {
  return join(paths.state, "kubeconfig");
}

/** Whether all programs of the state folder's cluster run, whether they answer or not. */
export function clusterRuns(paths: SandboxPaths): boolean {
  const running = runningPrograms(clusterFolders(paths.state));
  return Object.keys(clusterPorts(paths.firstPort)).every((program) => running.has(program));
}

/**
 * The node is ready once KWOK plays its stages: from then on pods start.
 *
 * @param kwokctl of a cluster that was started just now
 */
async function bringUpNode(cluster: Cluster, paths: SandboxPaths, kwokctl?: Kwokctl): Promise<void> {
  const client = openCluster(cluster.kubeconfig);
  const log = join(clusterFolders(paths.state).logs, "kwok-controller.log");
  // A moment after kwokctl has made its CRD.
  const servesStages = async () => (await client.isNamespaced(stageKind.apiVersion, stageKind.kind)) !== undefined;
  await waitFor(servesStages, NODE_TIMEOUT_MS, "the cluster does not know the kind Stage");
  for (const object of [apiServicePolicy, apiServicePolicyBinding]) await client.apply(object, fieldManager);
  await syncStages(cluster);
  if (kwokctl !== undefined) await restartKwok(kwokctl);
  await client.apply(sandboxNode, fieldManager);
  const isReady = async () => (await findCluster(paths)) !== undefined;
  await waitFor(isReady, NODE_TIMEOUT_MS, "the API server answers, but does not call itself ready");
  await waitFor(() => nodeIsReady(client), NODE_TIMEOUT_MS, `the simulated node does not become ready: see ${log}`);
}

async function nodeIsReady(client: KubeClient): Promise<boolean> {
  const { apiVersion, kind, metadata } = sandboxNode;
  const node = await client.get({ apiVersion, kind, name: metadata.name });
  const { conditions = [] } = (node?.status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status }) => type === "Ready" && status === "True");
}

async function waitFor(condition: () => Promise<boolean>, timeout: number, failure: string): Promise<void> {
  if (!(await poll(condition, timeout, 50))) throw new UserError(failure);
}
