import { UserError } from "../../cli/errors.ts";
import { type CommandLine, commandLines } from "../../cli/commandLines.ts";
import { poll } from "../../cli/poll.ts";
import { sendSignal } from "../../cli/processes.ts";
import type { ClusterFolders } from "./config.ts";

/** A killed process is gone in milliseconds, unless it waits for a disk that does not answer. */
const KILL_TIMEOUT_MS = 10_000;

/**
 * The cluster's processes, and kwokctl while it starts them. They are known by the paths in their command lines, not by
 * the ids that kwokctl has noted: after a crash such an id may belong to another program by now, or may never have been noted.
 *
 * @param processes all processes of the machine
 */
export function clusterProcesses(folders: ClusterFolders, processes = commandLines()): CommandLine[] {
  return processes.filter(
    ({ command }) => command.startsWith(`${folders.bin}/`) || command.includes(` --config=${folders.config}`),
  );
}

/** Names of the cluster's programs that run, see `clusterPorts`. */
export function runningPrograms(folders: ClusterFolders, processes = commandLines()): Set<string> {
  const names = clusterProcesses(folders, processes).flatMap(({ command }) => {
    // kwokctl first asks each program for its version.
    if (!command.startsWith(`${folders.bin}/`) || command.endsWith(" --version")) return [];
    return command.slice(folders.bin.length + 1).split(" ", 1);
  });
  return new Set(names);
}

/**
 * Ends the cluster's processes, or those of one of its programs, and waits until they are gone; their ports may be free
 * only a moment later. They are killed outright: etcd keeps its data safe at every moment, and the others have none.
 *
 * @returns whether there were any
 * @throws UserError when a process does not end
 */
export async function killPrograms(folders: ClusterFolders, program?: string): Promise<boolean> {
  const find = () =>
    clusterProcesses(folders).filter(
      ({ command }) => program === undefined || command.startsWith(`${folders.bin}/${program} `),
    );
  let left = find();
  const wereRunning = left.length > 0;
  // Asked for until there are none: kwokctl may start another one before it is ended itself.
  const areGone = () => {
    left = find();
    for (const { pid } of left) sendSignal(pid, "SIGKILL");
    return left.length === 0;
  };
  if (await poll(areGone, KILL_TIMEOUT_MS, 20)) return wereRunning;
  throw new UserError(`the cluster's processes do not end: ${left.map(({ pid }) => pid).join(", ")}`);
}
