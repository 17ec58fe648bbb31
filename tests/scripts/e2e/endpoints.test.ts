import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { withEndpoints } from "../../../scripts/e2e/endpoints.ts";
import type { PortForward } from "../../../scripts/forward/portForward.ts";
import { freePort } from "../../../cli/freePort.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("withEndpoints", () => {
  const folder = temporaryFolder();
  const { PATH: path } = process.env;
  let forward: PortForward;
  beforeEach(async () => {
    forward = { name: "jaeger", args: ["port-forward"], link: `http://localhost:${await freePort()}` };
  });
  afterEach(() => {
    process.env.PATH = path;
  });

  const never = () => Promise.reject(new Error("used"));

  it("ends at once where there is no kubectl", async () => {
    process.env.PATH = "/nowhere";
    const opened = withEndpoints([forward], new AbortController().signal, never);
    await assert.rejects(opened, { name: "UserError", message: /^kubectl is not on PATH: get it from https:/ });
  });

  it("ends with the user's signal while it waits", async () => {
    writeFileSync(join(folder(), "kubectl"), "#!/bin/sh\nexec /bin/sleep 60\n", { mode: 0o755 });
    process.env.PATH = folder();
    const stopped = new AbortController();
    const opened = withEndpoints([forward], stopped.signal, never);
    setTimeout(() => {
      stopped.abort();
    }, 100);
    await assert.rejects(opened, { name: "UserError", message: "stopped" });
  });

  it("asks nobody where another program listens: it may lead to another cluster", async () => {
    const server = createServer((_, response) => response.end("another"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const link = `http://localhost:${(server.address() as AddressInfo).port}`;
      forward = { ...forward, link };
      await assert.rejects(
        withEndpoints([forward], new AbortController().signal, () => Promise.reject(new Error("used"))),
        { name: "UserError", message: `jaeger: another program listens at ${link}` },
      );
    } finally {
      server.close();
    }
  });
});
