import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { clusterEnvironment, type ClusterFolders } from "./config.ts";
import { runningPrograms } from "./programs.ts";

/** The programs that nothing works without, in the order they start. */
const foundation = ["etcd", "kube-apiserver"];

/**
 * Has kwokctl make and start the cluster; returns when the API server answers and knows Stages.
 *
 * @param kwokctl path of the program
 * @param kubernetesVersion as `v1.36.3`
 * @throws UserError with the last line of the log of the program that failed
 */
export async function createWithKwokctl(
  kwokctl: string,
  folders: ClusterFolders,
  kubernetesVersion: string,
): Promise<void> {
  const log = openSync(folders.log, "w", 0o600);
  // An empty --kubeconfig: kwokctl would add the cluster to the user's own one.
  const child = spawn(kwokctl, ["create", "cluster", `--config=${folders.config}`, "--kubeconfig="], {
    env: clusterEnvironment(process.env, folders, kubernetesVersion),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const seen = new Set<string>();
  let dead: string | undefined;
  // kwokctl itself would wait two minutes for a program that has ended.
  const watch = setInterval(() => {
    const running = runningPrograms(folders);
    dead ??= foundation.find((program) => seen.has(program) && !running.has(program));
    if (dead !== undefined) child.kill("SIGKILL");
    for (const program of running) seen.add(program);
  }, 250);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  }).finally(() => {
    clearInterval(watch);
  });
  if (dead !== undefined) throw failure(`${dead} ended right after its start`, join(folders.logs, `${dead}.log`));
  if (code !== 0) throw failure("kwokctl could not make the cluster", folders.log);
}

function failure(what: string, log: string): UserError {
  return new UserError(`the cluster does not start: ${what}: ${lastMessage(readFileSync(log, "utf8"))}; see ${log}`);
}

/** What the last line of a log says; most programs write lines of JSON. */
export function lastMessage(log: string): string {
  const line = log.trim().split("\n").at(-1) ?? "";
  try {
    const { msg, err, error } = JSON.parse(line) as Record<string, unknown>;
    return [msg, err, error].filter((part) => typeof part === "string").join(": ");
  } catch {
    return line;
  }
}
