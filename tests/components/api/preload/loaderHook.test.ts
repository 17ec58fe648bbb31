import assert from "node:assert/strict";
import { join } from "node:path";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";
import { NodeProcess, nodes, writeFiles } from "./nodeProcess.ts";

const preload = join(import.meta.dirname, "../../../../components/api/preload/loaderHook.cjs");

/** Gives the module `marked:`, and writes down each time that it is loaded. */
const hook = `
import { writeFileSync } from "node:fs";
writeFileSync("hooked", "x", { flag: "a" });
export async function resolve(specifier, context, next) {
  return specifier === "marked:" ? { url: "data:text/javascript,export default 'hooked'", shortCircuit: true } : next(specifier, context);
}
`;
const app = `
const { existsSync, readFileSync } = require("fs");
import("marked:").then(({ default: found }) => console.log(found), () => console.log("not hooked"))
  .then(() => console.log(existsSync("hooked") ? readFileSync("hooked", "utf8") : "no hook"));
`;

for (const [version, node] of nodes()) {
  describe(`loaderHook.cjs on Node.js ${version}`, () => {
    const folder = temporaryFolder();
    afterEach(() => {
      NodeProcess.killAll();
    });

    async function run(code: string, injected: string | undefined, sdk = "sdk") {
      const instrumentation = `${sdk}/node_modules/@opentelemetry/instrumentation`;
      writeFiles(folder(), {
        "app.js": code,
        [`${sdk}/autoinstrumentation.js`]: "",
        [`${instrumentation}/package.json`]: '{ "name": "@opentelemetry/instrumentation", "version": "1.0.0" }',
        [`${instrumentation}/hook.mjs`]: hook,
      });
      const nodeOptions = `--require ${preload}${injected === undefined ? "" : ` --require ${injected}`}`;
      const { lines, errors, code: status } = await new NodeProcess(folder(), { node, nodeOptions }).ended;
      assert.deepEqual([status, errors], [0, []]);
      return lines;
    }

    it("registers the hook of the injected packages once", async () => {
      assert.deepEqual(await run(app, join(folder(), "sdk/autoinstrumentation.js")), ["hooked", "x"]);
    });

    it("finds packages whose path has spaces", async () => {
      const injected = `"${join(folder(), "two words/autoinstrumentation.js")}"`;
      assert.deepEqual(await run(app, injected, "two words"), ["hooked", "x"]);
    });

    it("does nothing without the SDK", async () => {
      assert.deepEqual(await run(app, undefined), ["not hooked", "no hook"]);
    });

    it("does nothing for a file of the application that only has the SDK's name", async () => {
      assert.deepEqual(await run(app, "./sdk/autoinstrumentation.js"), ["not hooked", "no hook"]);
    });

    it("does nothing more in a worker thread", async () => {
      const withWorker = `const { isMainThread, Worker } = require("worker_threads");
        if (isMainThread) new Worker(__filename).on("exit", () => { ${app} });`;
      assert.deepEqual(await run(withWorker, join(folder(), "sdk/autoinstrumentation.js")), ["hooked", "x"]);
    });
  });
}
