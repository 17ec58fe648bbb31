import { createServer } from "node:net";
import { UserError } from "../errors.ts";
import { clusterPorts } from "./config.ts";

/**
 * Checks that nothing listens on the cluster's ports.
 *
 * @param patience how long a port may still be in use, in milliseconds: the system frees those of a killed process a
 *   moment after it is gone. @default 0
 * @throws UserError that names the first port in use, the program that needs it and the way out
 */
export async function checkPorts(firstPort: number, patience = 0): Promise<void> {
  const deadline = Date.now() + patience;
  for (const [program, ports] of Object.entries(clusterPorts(firstPort))) {
    for (const port of ports) {
      while (!(await isFree(port))) {
        if (Date.now() >= deadline) throw inUse(port, program);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }
}

function inUse(port: number, program: string): UserError {
  const way = "free it, or choose other ports with --port";
  return new UserError(`port ${port} is in use by another program, and the cluster's ${program} needs it: ${way}`);
}

/** Whether 127.0.0.1 can be listened on at that port. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
