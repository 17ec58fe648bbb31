import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { withEndpoints } from "../../../scripts/e2e/endpoints.ts";

describe("withEndpoints", () => {
  const { PATH: path } = process.env;
  afterEach(() => {
    process.env.PATH = path;
  });

  // Nothing listens at the discard port.
  const forward = { name: "jaeger", args: ["port-forward"], link: "http://localhost:9" };
  const never = () => Promise.reject(new Error("used"));

  it("ends at once where there is no kubectl", async () => {
    process.env.PATH = "/nowhere";
    const opened = withEndpoints([forward], new AbortController().signal, never);
    await assert.rejects(opened, { name: "UserError", message: /^kubectl cannot be run: / });
  });

  it("ends with the user's signal while it waits", async () => {
    const stopped = new AbortController();
    const opened = withEndpoints([forward], stopped.signal, never);
    setTimeout(() => {
      stopped.abort();
    }, 100);
    await assert.rejects(opened, { name: "UserError", message: /^(stopped|kubectl cannot be run: .*)$/ });
  });

  it("asks nobody where another program listens: it may lead to another cluster", async () => {
    const server = createServer((_, response) => response.end("another"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const link = `http://localhost:${(server.address() as AddressInfo).port}`;
      const forward = { name: "jaeger", args: ["port-forward"], link };
      await assert.rejects(
        withEndpoints([forward], new AbortController().signal, () => Promise.reject(new Error("used"))),
        { name: "UserError", message: `jaeger: another program listens at ${link}` },
      );
    } finally {
      server.close();
    }
  });
});
