import { spawnSync } from "node:child_process";

const own = ["--pid", "--fork", "--mount-proc", "--kill-child"];

/**
 * Makes a program the first process of a namespace, as in a container: as root, or as a user where the machine allows it;
 * undefined where it does not.
 */
export const asProcessOne: readonly string[] | undefined = [
  ["unshare", ...own],
  ["unshare", "--user", "--map-root-user", ...own],
].find(([program = "", ...args]) => spawnSync(program, [...args, "true"]).status === 0);
