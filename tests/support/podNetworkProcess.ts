import { spawn } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { PodProgram } from "./podNetwork.ts";

/** Runs inside a network of its own: starts a program, says where it answers, and ends it. */
const { command, args, env, cwd, ports, hosts } = JSON.parse(process.argv[2] ?? "") as PodProgram & {
  hosts: readonly string[];
};
const program = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "inherit"] });
const ends = hosts.flatMap((host) => ports.map((port) => ({ host, port })));
const waitUntil = Date.now() + 60_000;
let open: typeof ends = [];
do {
  await sleep(100);
  const answers = await Promise.all(ends.map(isOpen));
  open = ends.filter((_, index) => answers[index]);
} while (open.length < ends.length && Date.now() < waitUntil && program.exitCode === null);
program.kill("SIGKILL");
console.log(JSON.stringify(open));

function isOpen(end: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(end, () => {
      socket.destroy();
      resolve(true);
    }).on("error", () => {
      resolve(false);
    });
  });
}
