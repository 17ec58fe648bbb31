import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../../../support/eventually.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";
import { NodeProcess, nodes, type StartOptions, writeFiles } from "./nodeProcess.ts";
import { skipUnless } from "../../../support/prerequisites.ts";
import { asProcessOne } from "../../../support/processOne.ts";

const preload = join(import.meta.dirname, "../../../../components/api/preload/endAtSigterm.cjs");
const sdk = 'process.on("SIGTERM", async () => console.log("flushed"));\n';
const serve = 'require("http").createServer().listen(0, "127.0.0.1", () => console.log("ready"));\n';

for (const [version, node] of nodes()) {
  describe(`endAtSigterm.cjs in processes of Node.js ${version}`, function () {
    this.timeout(120_000);
    this.slow(4000);
    const folder = temporaryFolder();
    afterEach(() => {
      NodeProcess.killAll();
    });

    async function started(app: string, more: StartOptions = {}): Promise<NodeProcess> {
      writeFiles(folder(), { "app.js": app, "autoinstrumentation.js": sdk });
      const nodeOptions = `--require ${preload} --require ${join(folder(), "autoinstrumentation.js")}`;
      const process = new NodeProcess(folder(), { node, nodeOptions, ...more });
      await process.said("ready");
      return process;
    }

    for (const [file, loaded] of [
      ["npm-cli.js", false],
      ["npx", false],
      ["pnpm.cjs", false],
      ["yarn-4.5.0.cjs", false],
      ["my-npm.js", true],
    ] as const) {
      it(`${loaded ? "loads" : "does not load"} the SDK into ${file}`, () => {
        const files = { [file]: 'console.log("program");', "autoinstrumentation.js": 'console.log("SDK");' };
        writeFiles(folder(), files);
        const sdkFile = join(folder(), "autoinstrumentation.js");
        const env = { PATH: process.env.PATH, NODE_OPTIONS: `--require ${preload} --require ${sdkFile}` };
        const { stdout, stderr } = spawnSync(node, [file], { cwd: folder(), env, encoding: "utf8" });
        assert.deepEqual([stdout, stderr], [loaded ? "SDK\nprogram\n" : "program\n", ""]);
      });
    }

    describe("as process 1", () => {
      before(function () {
        skipUnless(this, asProcessOne !== undefined, "unshare with the right to make PID namespaces");
      });

      /** Starts `app.js` as process 1; gives its number outside of its namespace too. */
      async function first(app: string, more: StartOptions = {}): Promise<{ outer: NodeProcess; pid: number }> {
        const isFirst = 'console.log("process", process.pid);\n';
        const outer = await started(isFirst + app, { by: asProcessOne ?? [], ...more });
        await outer.said("process 1");
        const { pid = 0 } = outer.child;
        return { outer, pid: Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")) };
      }

      const ticking = `${serve}setInterval(() => console.log("tick " + Date.now()), 50);\n`;

      for (const [what, more] of [
        ["without injection", { nodeOptions: "" }],
        ["with injection", {}],
      ] as const) {
        it(`serves on after SIGTERM, as the kernel has it: ${what}`, async () => {
          const { outer, pid } = await first(ticking, more);
          process.kill(pid, "SIGTERM");
          await sleep(2500);
          process.kill(pid, "SIGKILL");
          const { lines } = await outer.ended;
          assert.ok(lines.filter((line) => line.startsWith("tick")).length > 20, lines.join("\n"));
          // What it does from then on is to be seen too.
          assert.ok(!lines.includes("flushed"));
        });
      }

      it("ends by its own handler, and flushes", async () => {
        const { outer, pid } = await first(`${serve}process.on("SIGTERM", () => setTimeout(process.exit, 100, 9));`);
        process.kill(pid, "SIGTERM");
        const { code, lines } = await outer.ended;
        assert.equal(code, 9);
        assert.ok(lines.includes("flushed"));
      });
    });

    it("leaves worker threads alone, and ends the process that has one", async () => {
      const code = `require("worker_threads").parentPort.postMessage(
        [process.listenerCount("SIGTERM"), process.listeners("SIGTERM").length, Object.keys(process).includes("listeners")]);
        setInterval(() => undefined, 1000);`;
      const app = `const { Worker } = require("worker_threads");
        new Worker(${JSON.stringify(code)}, { eval: true }).on("message", (all) => console.log(all.join()));
        ${serve}`;
      const process = await started(app);
      await process.said("1,1,false");
      const { signal, lines } = await process.terminate();
      assert.deepEqual([signal, lines.at(-1)], ["SIGTERM", "flushed"]);
    });

    it("ends the primary of a cluster, and with it the worker, as without injection", async () => {
      const app = `const cluster = require("cluster");
        if (cluster.isWorker) { ${serve} } else { console.log(cluster.fork().process.pid); }`;
      for (const more of [{ nodeOptions: "" }, {}]) {
        const primary = await started(app, more);
        const { signal, lines } = await primary.terminate();
        assert.equal(signal, "SIGTERM");
        const worker = Number(lines.find((line) => /^\d+$/.test(line)));
        await eventually(() => {
          assert.throws(() => process.kill(worker, 0), { code: "ESRCH" });
          return Promise.resolve();
        }, 5000);
      }
    });
  });
}
