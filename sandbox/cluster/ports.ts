import { createServer } from "node:net";
import { UserError } from "../errors.ts";
import { clusterPorts } from "./config.ts";

/**
 * Checks that nothing else listens on the cluster's ports.
 *
 * @throws UserError that names the first port in use, the program that needs it and the way out
 */
export async function checkPorts(firstPort: number): Promise<void> {
  for (const [program, ports] of Object.entries(clusterPorts(firstPort))) {
    for (const port of ports) {
      if (await isFree(port)) continue;
      throw new UserError(
        `port ${port} is in use by another program, and the cluster's ${program} needs it: free it, or choose other ports with --port`,
      );
    }
  }
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
