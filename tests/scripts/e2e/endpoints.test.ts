import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { withEndpoints } from "../../../scripts/e2e/endpoints.ts";

describe("withEndpoints", () => {
  it("asks nobody where another program listens: it may lead to another cluster", async () => {
    const server = createServer((_, response) => response.end("another"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const link = `http://localhost:${(server.address() as AddressInfo).port}`;
      const forward = { name: "jaeger", args: ["port-forward"], link };
      await assert.rejects(
        withEndpoints([forward], () => Promise.reject(new Error("used"))),
        { name: "UserError", message: `jaeger: another program listens at ${link}` },
      );
    } finally {
      server.close();
    }
  });
});
