import { createServer } from "node:net";
import { UserError } from "./errors.ts";
import { poll } from "./poll.ts";

const POLL_MS = 20;

/** Who needs a port. */
export interface PortUser {
  name: string;
  /** What to do when another program has the port. */
  wayOut: string;
}

/**
 * Checks that nothing listens on a port, on loopback or on all addresses.
 *
 * @param patience how long it may still be in use, in milliseconds: the system frees the port of a process a moment after
 *   that is gone
 * @throws UserError that names the port, the program that needs it and the way out
 */
export async function checkFree(port: number, { name, wayOut }: PortUser, patience: number): Promise<void> {
  let error: NodeJS.ErrnoException | undefined;
  const isNotInUse = async () => (error = await listenOnce(port))?.code !== "EADDRINUSE";
  if (!(await poll(isNotInUse, patience, POLL_MS)))
    throw new UserError(`port ${port} is in use by another program, and ${name} needs it: ${wayOut}`);
  if (error !== undefined) throw new UserError(`${name} cannot listen on port ${port}: ${error.message}`);
}

/** Whether 127.0.0.1 can be listened on at that port. */
export async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) === undefined;
}

/** Why 127.0.0.1 cannot be listened on at that port; undefined when it can. */
function listenOnce(port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}
