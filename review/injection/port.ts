import { isFree } from "../../cli/ports.ts";

/**
 * Below the ports that the system gives to outgoing connections: one of those could be taken meanwhile. Processes that run at once
 * begin at different ones.
 */
let last = 23_400 + (process.pid % 40) * 100;

/** A loopback port that nothing listens on, another at each call. */
export async function nextPort(): Promise<number> {
  // Its own number: other calls go on while it waits.
  let port: number;
  do port = ++last;
  while (!(await isFree(port)));
  return port;
}
