import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Program } from "../../../cli/daemons/program.ts";
import { programStatus, startPrograms, stopPrograms } from "../../../cli/daemons/startPrograms.ts";
import { freePort } from "../../../cli/freePort.ts";
import { silentReport } from "../../../cli/silentReport.ts";

/** A program that answers every request on its port. */
function server(name: string, port: number, script = "", args: string[] = []): Program {
  const serve = `require("http").createServer((q, r) => r.end("ok")).listen(${port}, "127.0.0.1")`;
  return {
    name,
    command: process.execPath,
    args: ["-e", `${script};${serve}`, ...args],
    env: {},
    files: { [`${name}.conf`]: `port ${port}` },
    ports: [port],
    ready: [`http://127.0.0.1:${port}/`],
    url: `http://127.0.0.1:${port}`,
  };
}

describe("telemetry programs", function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "telemetry-"));
  });
  afterEach(async () => {
    await stopPrograms(folder, silentReport);
    rmSync(folder, { recursive: true });
  });

  const start = (...programs: Program[]) => startPrograms(programs, folder, silentReport);
  const running = () => programStatus(folder).map(({ name, pid, running: runs }) => [name, pid, runs] as const);

  it("start, answer, are known by status, and stop", async () => {
    const [first, second] = [await freePort(), await freePort()];
    await start(server("a", first), server("b", second));
    assert.equal(await (await fetch(`http://127.0.0.1:${second}/`)).text(), "ok");
    assert.deepEqual(
      running().map(([name, , runs]) => [name, runs]),
      [
        ["a", true],
        ["b", true],
      ],
    );
    assert.equal(readFileSync(path.join(folder, "a.conf"), "utf8"), `port ${first}`);
    await stopPrograms(folder, silentReport);
    assert.deepEqual(running(), []);
    await assert.rejects(fetch(`http://127.0.0.1:${second}/`));
  });

  it("are left alone when they run as they should, and only the changed one starts anew", async () => {
    const [first, second] = [await freePort(), await freePort()];
    await start(server("a", first), server("b", second));
    const before = running();
    await start(server("a", first), server("b", second));
    assert.deepEqual(running(), before);
    await start(server("a", first), server("b", second, "", ["changed"]));
    const after = running();
    assert.deepEqual(after[0], before[0]);
    assert.notEqual(after[1]?.[1], before[1]?.[1]);
  });

  it("start anew after one was killed", async () => {
    const port = await freePort();
    await start(server("a", port));
    const [[, pid] = ["", 0]] = running();
    process.kill(pid, "SIGKILL");
    await start(server("a", port));
    assert.notEqual(running()[0]?.[1], pid);
    assert.equal(running()[0]?.[2], true);
  });

  it("leave nothing running when one of them dies, and say why", async () => {
    const [first, second] = [await freePort(), await freePort()];
    const dying = server("b", second, 'console.error("bad luck"); process.exit(3)');
    await assert.rejects(start(server("a", first), dying), {
      name: "UserError",
      message: `b ended with code 3; the end of ${path.join(folder, "logs", "b.log")}: bad luck`,
    });
    assert.deepEqual(running(), []);
    await assert.rejects(fetch(`http://127.0.0.1:${first}/`));
  });

  it("say which program cannot be found", async () => {
    const missing = { ...server("a", await freePort()), command: "/no/such/program" };
    await assert.rejects(start(missing), { name: "UserError", message: /^a cannot be started: .*ENOENT/ });
    assert.deepEqual(running(), []);
  });

  for (const host of ["127.0.0.1", "0.0.0.0"]) {
    it(`say which port another program listens on at ${host}`, async () => {
      const other: Server = createServer();
      const port = await freePort();
      await new Promise<void>((resolve) => other.listen(port, host, resolve));
      await assert.rejects(start(server("a", port)), {
        name: "UserError",
        message: `port ${port} is in use by another program, and a needs it: end that program first`,
      });
      other.close();
    });
  }

  it("are only forgotten when another process has the recorded number", async () => {
    await start(server("a", await freePort()));
    const file = path.join(folder, "processes.json");
    const original = readFileSync(file, "utf8");
    const [record] = JSON.parse(original) as { pid: number }[];
    writeFileSync(file, JSON.stringify([{ ...record, started: "1" }]));
    await stopPrograms(folder, silentReport);
    assert.doesNotThrow(() => process.kill(record?.pid ?? 0, 0));
    // For the clean-up.
    writeFileSync(file, original);
  });
});
