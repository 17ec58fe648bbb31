import assert from "node:assert/strict";
import { join } from "node:path";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";
import { type Ended, NodeProcess, nodes, type StartOptions, writeFiles } from "./nodeProcess.ts";

const preload = join(import.meta.dirname, "../../../../components/api/preload/endAtSigterm.cjs");

/** A server that does nothing at SIGTERM. */
const server = 'require("http").createServer().listen(0, "127.0.0.1", () => console.log("ready"));\n';

/** An SDK whose listener flushes for a while, and whose server would be gone before if nobody waited for it. */
const sdk = (milliseconds: number, line = "flushed") => `
process.on("SIGTERM", async () => {
  await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));
  console.log("${line}");
});
`;
const sdkThat = (body: string) => `process.on("SIGTERM", async () => { ${body} });\n`;
const never = "await new Promise(() => undefined)";

/** The lines of the package signal-exit that count. */
const signalExit = `
const hook = () => {
  if (process.listeners("SIGTERM").length !== 1) return;
  process.removeListener("SIGTERM", hook);
  console.log("on exit");
  process.kill(process.pid, "SIGTERM");
};
process.on("SIGTERM", hook);
`;

for (const [version, node] of nodes()) {
  describe(`endAtSigterm.cjs on Node.js ${version}`, function () {
    this.timeout(120_000);
    this.slow(4000);
    const folder = temporaryFolder();
    afterEach(() => {
      NodeProcess.killAll();
    });

    function start(app: string, sdkCode: string, more: StartOptions = {}, injected = "autoinstrumentation.js") {
      writeFiles(folder(), { "app.js": app, [injected]: sdkCode });
      const path = join(folder(), injected);
      const nodeOptions = `--require ${preload} --require ${path.includes(" ") ? `"${path}"` : path}`;
      return new NodeProcess(folder(), { node, nodeOptions, ...more });
    }

    /** What becomes of an application that gets SIGTERM as soon as it is ready. */
    async function terminated(...args: Parameters<typeof start>): Promise<Ended> {
      const app = start(...args);
      await app.said("ready");
      return app.terminate();
    }

    /** Ended by the signal itself, as without injection, and neither earlier nor later than that many milliseconds. */
    function assertSignalled({ code, signal, milliseconds, errors }: Ended, earliest: number, latest: number) {
      assert.deepEqual({ code, signal, errors }, { code: null, signal: "SIGTERM", errors: [] });
      assert.ok(milliseconds >= earliest && milliseconds < latest, `after ${milliseconds} ms`);
    }

    it("ends a server without a handler by the signal, after the flush", async () => {
      const ended = await terminated(server, sdk(300));
      assertSignalled(ended, 300, 1900);
      assert.deepEqual(ended.lines, ["ready", "flushed"]);
    });

    it("ends it after two seconds when the flush never ends", async () => {
      assertSignalled(await terminated(server, sdkThat(never)), 1990, 4000);
    });

    it("ends it at once when the flush throws or rejects", async () => {
      assertSignalled(await terminated(server, 'process.on("SIGTERM", () => { throw new Error("no"); });\n'), 0, 1900);
      assertSignalled(await terminated(server, sdkThat('throw new Error("no")')), 0, 1900);
    });

    it("flushes once and ends once, however often it is asked to", async () => {
      const app = start(server, sdkThat('console.log("flushing"); await new Promise((end) => setTimeout(end, 500))'));
      await app.said("ready");
      app.child.kill("SIGTERM");
      await app.said("flushing");
      const ended = await app.terminate();
      assertSignalled(ended, 0, 1900);
      assert.deepEqual(ended.lines, ["ready", "flushing"]);
    });

    for (const [add, flush] of [
      ["on", sdk(0)],
      ["once", sdkThat(never)],
      ["prependListener", sdk(0)],
      ["prependOnceListener", sdkThat(never)],
    ] as const) {
      it(`leaves the end to a handler of the application, by process.${add}: no timer keeps it alive`, async () => {
        const app = `${server.replace("require", "const server = require")}
          process.${add}("SIGTERM", () => { process.exitCode = 7; server.close(); });`;
        const { code, lines, milliseconds } = await terminated(app, sdk(300));
        assert.deepEqual([code, lines], [7, ["ready", "flushed"]]);
        assert.ok(milliseconds < 1900, `after ${milliseconds} ms`);
      });

      it(`gives such a handler all its time, by process.${add}`, async () => {
        const app = `${server}process.${add}("SIGTERM", () => setTimeout(() => process.exit(8), 2500));`;
        const { code, milliseconds } = await terminated(app, flush);
        assert.equal(code, 8);
        assert.ok(milliseconds >= 2490, `after ${milliseconds} ms`);
      });
    }

    it("lets a handler end the process at once", async () => {
      const { code, lines } = await terminated(`${server}process.on("SIGTERM", () => process.exit(6));`, sdk(300));
      assert.deepEqual([code, lines], [6, ["ready"]]);
    });

    it("does not end an application with a handler by a flush that rejects", async () => {
      const app = `${server}process.on("SIGTERM", () => setTimeout(() => process.exit(5), 300));`;
      const { code, errors } = await terminated(app, sdkThat('throw new Error("no")'));
      assert.deepEqual([code, errors], [5, []]);
    });

    it("asks a handler that came during the flush once, however often the process was asked to end before", async () => {
      const code = `${server}process.once("flushed", () => process.on("SIGTERM", () => {
        console.log("asked");
        setTimeout(() => process.exit(4), 2500);
      }));`;
      const flush = `console.log("flushing");
        await new Promise((end) => setTimeout(end, 500));
        process.emit("flushed");`;
      const app = start(code, sdkThat(flush));
      await app.said("ready");
      app.child.kill("SIGTERM");
      await app.said("flushing");
      const ended = await app.terminate();
      assert.deepEqual([ended.code, ended.lines], [4, ["ready", "flushing", "asked"]]);
    });

    it("ends an application that has removed its handler, or all of them", async () => {
      const removed = `${server}const none = () => undefined;
        process.on("SIGTERM", none); process.removeListener("SIGTERM", none);`;
      const ended = await terminated(removed, sdk(300));
      assertSignalled(ended, 300, 1900);
      assert.deepEqual(ended.lines, ["ready", "flushed"]);
      assertSignalled(await terminated(`${server}process.removeAllListeners("SIGTERM");`, sdk(300)), 0, 1900);
    });

    it("ends an application whose package ends it if there is no other listener", async () => {
      const ended = await terminated(signalExit + server, sdk(300));
      assertSignalled(ended, 300, 1900);
      assert.deepEqual(ended.lines, ["ready", "on exit", "flushed"]);
    });

    it("shows the application no listener that it would not have without injection", async () => {
      const app = `
        const none = () => undefined;
        process.on("SIGINT", none);
        const all = () => ["SIGTERM", "SIGINT", "beforeExit"].map((event) => process.listeners(event).length);
        console.log(all().join(), process.listeners("SIGINT")[0] === none);
        process.on("SIGTERM", none);
        console.log(all().join(), process.listeners("SIGTERM")[0] === none);`;
      const sdkWithOthers = `${sdk(0)}process.on("beforeExit", () => undefined);`;
      const { lines } = await start(app, sdkWithOthers).ended;
      assert.deepEqual(lines, ["0,1,1 true", "1,1,1 true"]);
    });

    it("lets an application add its handler where it counts that there is none", async () => {
      const app = `${server}
        const { listenerCount } = require("events");
        const counts = [process.listenerCount("SIGTERM"), process.rawListeners("SIGTERM").length];
        console.log(counts.join(), process.listenerCount("removeListener"));
        if (listenerCount(process, "SIGTERM") === 0) process.on("SIGTERM", () => process.exit(3));
        console.log(process.listenerCount("SIGTERM"));`;
      const plain = await terminated(app, "");
      const { code, lines } = await terminated(app, sdk(300));
      assert.equal(code, 3);
      assert.deepEqual(lines, plain.lines);
    });

    it("sends what the SDK holds also after handlers came and went, in any order", async () => {
      const app = `${server}
        const none = () => undefined;
        for (const add of ["on", "once", "prependListener", "prependOnceListener"]) {
          process[add]("SIGTERM", none);
          process.removeListener("SIGTERM", none);
        }`;
      const ended = await terminated(app, sdk(300));
      assertSignalled(ended, 300, 1900);
      assert.deepEqual(ended.lines, ["ready", "flushed"]);
    });

    it("flushes by every listener that the SDK adds", async () => {
      const ended = await terminated(server, sdk(100, "traces") + sdk(400, "metrics"));
      assertSignalled(ended, 400, 1900);
      assert.deepEqual(ended.lines, ["ready", "traces", "metrics"]);
    });

    const listeners = `console.log(process.listenerCount("SIGTERM"), Object.keys(process).includes("listeners"));\n`;

    it("changes nothing for an SDK that adds no listener", async () => {
      const ended = await terminated(listeners + server, 'console.log("loaded");\n');
      assertSignalled(ended, 0, 1900);
      assert.deepEqual(ended.lines, ["loaded", "0 false", "ready"]);
    });

    it("loads the SDK once", async () => {
      const { lines } = await terminated(server, `console.log("loaded");${sdk(0)}`);
      assert.deepEqual(lines, ["loaded", "ready", "flushed"]);
    });

    for (const [what, code] of [
      ["cannot be loaded", 'throw new Error("too old\\nand more");'],
      ["this Node.js cannot read", "?!"],
      ["lacks a package", 'require("not-there");'],
    ] as const) {
      it(`starts the application beside an SDK that ${what}, and says so in one line`, async () => {
        const { signal, errors, lines } = await terminated(listeners + server, code);
        assert.deepEqual([signal, lines], ["SIGTERM", ["0 false", "ready"]]);
        assert.equal(errors.length, 1, errors.join("\n"));
        const start = "The OpenTelemetry SDK cannot be loaded, the application runs without telemetry: ";
        assert.ok(errors[0]?.startsWith(start), errors[0]);
      });
    }

    it("changes nothing without the SDK, as when the operator's webhook failed", async () => {
      const ended = await terminated(listeners + server, sdk(0), { nodeOptions: `--require ${preload}` });
      assertSignalled(ended, 0, 1900);
      assert.deepEqual(ended.lines, ["0 false", "ready"]);
    });

    it("leaves a file of the application alone that only has the SDK's name", async () => {
      const nodeOptions = `--require ${preload} --require ./autoinstrumentation.js`;
      const { code, lines } = await start(listeners, "", { nodeOptions }).ended;
      assert.deepEqual([code, lines], [0, ["0 false"]]);
    });

    it("takes over the SDK that the operator appends, not one before it", async () => {
      writeFiles(folder(), { "own/autoinstrumentation.js": 'console.log("own");' });
      const own = `--require ${join(folder(), "own/autoinstrumentation.js")}`;
      const injected = `--require ${join(folder(), "autoinstrumentation.js")}`;
      const ended = await terminated(server, sdk(0), { nodeOptions: `${own} --require ${preload} ${injected}` });
      assertSignalled(ended, 0, 1900);
      assert.deepEqual(ended.lines, ["own", "ready", "flushed"]);
    });

    it("finds an SDK whose path has spaces", async () => {
      const ended = await terminated(server, sdk(0), {}, "two words/autoinstrumentation.js");
      assertSignalled(ended, 0, 1900);
      assert.deepEqual(ended.lines, ["ready", "flushed"]);
    });
  });
}
