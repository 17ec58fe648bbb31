import { checkFree } from "../../cli/ports.ts";
import { clusterPorts } from "./config.ts";

const wayOut = "free it, or choose other ports with --port";

/**
 * Checks that nothing listens on the cluster's ports.
 *
 * @param patience how long a port may still be in use, in milliseconds. @default 0
 * @throws UserError that names the first port in use, the program that needs it and the way out
 */
export async function checkPorts(firstPort: number, patience = 0): Promise<void> {
  const deadline = Date.now() + patience;
  for (const [program, ports] of Object.entries(clusterPorts(firstPort))) {
    for (const port of ports) {
      await checkFree(port, { name: `the cluster's ${program}`, wayOut }, deadline - Date.now());
    }
  }
}
