import { spawnSync } from "node:child_process";

/** Arguments of `unshare` for a network with nothing in it. */
export const ownNetwork = ["--user", "--map-root-user", "--net"] as const;

/**
 * Whether this machine lets this user make a network.
 *
 * @param setUp what a shell runs in it first
 */
export function canMakeNetwork(setUp: string): boolean {
  return spawnSync("unshare", [...ownNetwork, "sh", "-c", setUp], { stdio: "ignore" }).status === 0;
}
