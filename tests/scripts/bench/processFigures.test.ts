import assert from "node:assert/strict";
import { measureServer, processorSeconds } from "../../../scripts/bench/processFigures.ts";
import { freePort } from "../../../cli/freePort.ts";

const isLinux = process.platform === "linux";

describe("measureServer", function () {
  this.timeout(120_000);

  before(function () {
    if (!isLinux) this.skip();
  });

  it("measures a server from its start on, and ends it", async () => {
    const port = await freePort();
    const code = `setTimeout(() => require("http").createServer((q, r) => r.end("a")).listen(${port}, "127.0.0.1"), 300)`;
    const url = `http://127.0.0.1:${port}`;
    const { start, memory, cpu } = await measureServer(
      { command: [process.execPath, "-e", code], cwd: ".", env: {}, url },
      50,
    );
    assert.ok(start >= 0.3, `start ${start}`);
    assert.ok(memory > 10, `memory ${memory}`);
    assert.ok(cpu >= 0, `cpu ${cpu}`);
    await assert.rejects(fetch(url));
  });

  it("says which server ended by itself", async () => {
    const server = {
      command: [process.execPath, "-e", "process.exit(3)"],
      cwd: ".",
      env: {},
      url: "http://127.0.0.1:1/",
    };
    await assert.rejects(measureServer(server, 1), { message: /process\.exit\(3\) ended with code 3$/ });
  });
});

describe("processorSeconds", () => {
  it("grows with work", function () {
    if (!isLinux) this.skip();
    const before = processorSeconds(process.pid);
    for (let count = 0; count < 3e8; count++);
    assert.ok(processorSeconds(process.pid) > before);
  });
});
