import { createServer } from "node:net";

/** Below the ports that the system gives to outgoing connections: one of those could be taken meanwhile. */
let last = 23_400;

/** A loopback port that nothing listens on, another at each call. */
export async function nextPort(): Promise<number> {
  for (;;) {
    const port = ++last;
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => {
        resolve(false);
      });
      server.listen(port, "127.0.0.1", () => {
        resolve(true);
      });
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
