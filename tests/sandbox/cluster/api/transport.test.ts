import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatKubeconfig } from "../../../../sandbox/cluster/access.ts";
import { ApiError, UnreachableError } from "../../../../sandbox/cluster/api/apiError.ts";
import { createTransport, isTransient } from "../../../../sandbox/cluster/api/transport.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

describe("createTransport", () => {
  const folder = temporaryFolder();
  const kubeconfig = (server: string) => {
    const file = join(folder(), "kubeconfig");
    writeFileSync(file, formatKubeconfig({ server, ca: "a CA", cert: "a certificate", key: "a key" }));
    return file;
  };

  for (const server of ["https://10.0.0.1:6443", "https://127.0.0.1.example.org:6443", "http://127.0.0.1:8080"]) {
    it(`does not talk to ${server}`, () => {
      assert.throws(() => createTransport(kubeconfig(server)), {
        name: "UserError",
        message: new RegExp(`names the server "${server}": the sandbox only talks to this machine`),
      });
    });
  }
});

describe("isTransient", () => {
  const answer = (status: number, message = "") => new ApiError(status, JSON.stringify({ message }));

  it("is a server that is away, busy, or between leaders", () => {
    const errors = [
      new UnreachableError("s", new Error("refused")),
      answer(503),
      answer(429),
      answer(500, "etcdserver: leader changed"),
    ];
    assert.deepEqual(errors.map(isTransient), [true, true, true, true]);
  });

  it("is no refusal", () => {
    assert.deepEqual([answer(404), answer(422), answer(500, "conversion failed"), new Error("x")].map(isTransient), [
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("ApiError", () => {
  it("says what the server said", () => {
    assert.equal(new ApiError(403, '{"message":"no","reason":"Forbidden"}').message, "no");
    assert.equal(new ApiError(403, "plain text\n").message, "plain text");
    assert.equal(new ApiError(502, "").message, "HTTP 502");
  });
});
