import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectFolder } from "./markdown.ts";
import { ownNetwork } from "./ownNetwork.ts";

/** A program with the addresses that its object or its image gives it. */
export interface PodProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** Folder in which it runs. */
  readonly cwd: string;
  /** Where it is to listen. */
  readonly ports: readonly number[];
}

/** The pod's address; the other one is there in every pod, but nobody reaches it from outside. */
export const podAddress = "fd00::1";
export const loopbackAddress = "127.0.0.1";

/** What makes a network like that of a pod in a cluster of IPv6 alone. */
export const setUp = `ip link set lo up && ip address add ${podAddress}/128 dev lo nodad`;

/**
 * Runs a program in a network like that of a pod in a cluster of IPv6 alone.
 *
 * @returns where it answers, as soon as that is everywhere
 * @throws what it says, where it ends
 */
export async function answersIn(program: PodProgram): Promise<{ host: string; port: number }[]> {
  const script = join(projectFolder, "tests/support/podNetworkProcess.ts");
  const node = [process.execPath, "--import", join(projectFolder, "runTypeScript.mjs"), script];
  const asked = JSON.stringify({ ...program, hosts: [podAddress, loopbackAddress] });
  const run = promisify(execFile);
  const { stdout } = await run("unshare", [...ownNetwork, "sh", "-c", `${setUp} && exec "$@"`, "sh", ...node, asked]);
  return JSON.parse(stdout) as { host: string; port: number }[];
}
