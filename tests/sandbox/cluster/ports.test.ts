import assert from "node:assert/strict";
import { createServer, type Server } from "node:net";
import { checkPorts } from "../../../sandbox/cluster/ports.ts";

describe("checkPorts", () => {
  const firstPort = 17380;
  let server: Server | undefined;

  function occupy(port: number): Promise<void> {
    const occupied = createServer();
    server = occupied;
    return new Promise((resolve) => occupied.listen({ port, host: "127.0.0.1" }, resolve));
  }

  afterEach(
    () =>
      new Promise<void>((resolve) => {
        if (server === undefined) resolve();
        else
          server.close(() => {
            resolve();
          });
        server = undefined;
      }),
  );

  it("is content with free ports", async () => {
    await checkPorts(firstPort);
  });

  it("names the port in use, the program that needs it and the way out", async () => {
    await occupy(firstPort + 2);
    await assert.rejects(checkPorts(firstPort), {
      name: "UserError",
      message:
        "port 17382 is in use by another program, and the cluster's etcd needs it: free it, or choose other ports with --port",
    });
  });
});
