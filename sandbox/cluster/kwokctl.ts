import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lastLine, UserError } from "../../cli/errors.ts";
import { spawnLogged } from "../../cli/spawnLogged.ts";
import { clusterEnvironment, type ClusterFolders } from "./config.ts";
import { killPrograms, runningPrograms } from "./programs.ts";

/** The programs that nothing works without, in the order they start. */
const foundation = ["etcd", "kube-apiserver"];

/** How kwokctl is run. */
export interface Kwokctl {
  /** Path of the program. */
  file: string;
  folders: ClusterFolders;
  /** As `v1.36.3`. */
  kubernetesVersion: string;
}

/**
 * Has kwokctl make and start the cluster; returns when the API server answers.
 *
 * @throws UserError with the last line of the log of the program that failed
 */
export async function createCluster(kwokctl: Kwokctl): Promise<void> {
  const { folders } = kwokctl;
  const seen = new Set<string>();
  let dead: string | undefined;
  // kwokctl itself would wait two minutes for a program that has ended.
  const watch = (child: ChildProcess) => {
    const running = runningPrograms(folders);
    dead ??= foundation.find((program) => seen.has(program) && !running.has(program));
    if (dead !== undefined) child.kill("SIGKILL");
    for (const program of running) seen.add(program);
  };
  // An empty --kubeconfig: kwokctl would add the cluster to the user's own one.
  const code = await run(kwokctl, ["create", "cluster", `--config=${folders.config}`, "--kubeconfig="], watch);
  if (dead !== undefined) throw failure(`${dead} ended right after its start`, join(folders.logs, `${dead}.log`));
  // A cluster that has its objects back has the CRD of Stages among them, which kwokctl takes for a failure.
  const hasStages = code !== 0 && readFileSync(folders.log, "utf8").includes("failed to init crds");
  if (code !== 0 && !hasStages) throw failure("kwokctl could not make the cluster", folders.log);
}

/**
 * Starts KWOK's controller anew. It looks for the cluster's stages when it starts; when the API server does not know that
 * kind yet, as in a new cluster, it only looks again 5 s later.
 *
 * @throws UserError with the last line of kwokctl's log
 */
export async function restartKwok(kwokctl: Kwokctl): Promise<void> {
  await killPrograms(kwokctl.folders, "kwok-controller");
  // kwokctl would take the ended process for a running one until the system has forgotten it.
  rmSync(join(kwokctl.folders.pids, "kwok-controller.pid"), { force: true });
  const code = await run(kwokctl, ["start", "cluster", `--config=${kwokctl.folders.config}`]);
  if (code !== 0) throw failure("kwokctl could not start KWOK's controller", kwokctl.folders.log);
}

/** Runs kwokctl with its output in its log; resolves to the exit code. `watch` is called while it runs. */
async function run(kwokctl: Kwokctl, args: string[], watch?: (child: ChildProcess) => void): Promise<number | null> {
  const { file, folders, kubernetesVersion } = kwokctl;
  rmSync(folders.log, { force: true });
  const child = spawnLogged(file, args, folders.log, {
    env: clusterEnvironment(process.env, folders, kubernetesVersion),
  });
  const timer = setInterval(() => watch?.(child), 250);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return code;
  } finally {
    clearInterval(timer);
  }
}

function failure(what: string, log: string): UserError {
  return new UserError(`the cluster does not start: ${what}: ${lastMessage(readFileSync(log, "utf8"))}; see ${log}`);
}

/** What the last line of a log says; most programs write lines of JSON. */
export function lastMessage(log: string): string {
  const line = lastLine(log);
  try {
    const { msg, err, error } = JSON.parse(line) as Record<string, unknown>;
    return [msg, err, error].filter((part) => typeof part === "string").join(": ");
  } catch {
    return line;
  }
}
