import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const project = resolve(import.meta.dirname, "../..");
const pack = join(project, "policy");
const runner = createRequire(join(pack, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");

const unpinned = "Images have a fixed tag or digest.\nimage api:latest has no fixed tag or digest\n";

/** The real engine asks the pack about what a program registers; no cluster is needed. */
describe("the policy pack in the engine", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  async function preview(pack: string, image: string): Promise<unknown> {
    const script = "tests/fixtures/policyPack/preview.ts";
    const argv = ["--import", "./runTypeScript.mjs", script, join(folder(), "state"), pack, image];
    const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: project });
    return JSON.parse(stdout);
  }
  async function holds(pack: string): Promise<void> {
    assert.deepEqual(await preview(pack, "api:latest"), {
      ended: "EngineError:     error: preview failed",
      said: [{ policyName: "images-are-pinned", message: unpinned }],
    });
    assert.deepEqual(await preview(pack, "api:1.0.0"), { ended: "well", said: [] });
  }

  it("ends a preview that breaks a rule, and lets a good one through", async () => {
    // The engine starts a file as it is, and a folder by the language host.
    const file = join(folder(), "pack");
    const script = `cd '${pack}' && exec '${process.execPath}' --no-experimental-strip-types '${runner}' "$1" .`;
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await holds(file);
  });

  it("does so as the official analyzer starts it", async function () {
    const folders = (process.env["PATH"] ?? "").split(delimiter);
    if (!folders.some((each) => existsSync(join(each, "pulumi-language-nodejs")))) {
      console.log("    skipped: there is no pulumi-language-nodejs on PATH, which starts a pack by its folder");
      this.skip();
    }
    await holds(pack);
  });
});
