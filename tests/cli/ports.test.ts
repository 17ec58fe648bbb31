import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { freePort } from "../../cli/freePort.ts";
import { isFree } from "../../cli/ports.ts";

describe("isFree", () => {
  it("sees a program that listens on every address, and that it has ended", async () => {
    const port = await freePort();
    const server = createServer().listen({ port, host: "0.0.0.0" });
    await once(server, "listening");
    assert.equal(await isFree(port), false);
    server.close();
    await once(server, "close");
    assert.equal(await isFree(port), true);
  });
});
