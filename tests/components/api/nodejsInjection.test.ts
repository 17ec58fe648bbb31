import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Linter } from "eslint";
import { type NodejsInjectionArgs, nodejsInjection } from "../../../components/api/nodejsInjection.ts";
import { resolved } from "../../support/resolved.ts";

const injection = (args: NodejsInjectionArgs = {}, own?: pulumi.Input<string>) => nodejsInjection(args, "/files", own);
const optionsOf = (args?: NodejsInjectionArgs, own?: pulumi.Input<string>) =>
  resolved(injection(args, own).env["NODE_OPTIONS"]);
const preload = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../../components/api/preload", name), "utf8");

describe("nodejsInjection", () => {
  it("has the process end at SIGTERM as without injection, unless told otherwise", async () => {
    assert.equal(await optionsOf(), "--require /files/endAtSigterm.cjs");
    assert.deepEqual(injection().files, { "endAtSigterm.cjs": preload("endAtSigterm.cjs") });
  });

  it("hooks the loader of ES modules only where it is asked to, and after the SDK's listeners were taken over", async () => {
    const args = { loaderHook: true };
    assert.equal(await optionsOf(args), "--require /files/endAtSigterm.cjs --require /files/loaderHook.cjs");
    assert.deepEqual(injection(args).files, {
      "endAtSigterm.cjs": preload("endAtSigterm.cjs"),
      "loaderHook.cjs": preload("loaderHook.cjs"),
    });
    assert.equal(await optionsOf({ endAtSigterm: false, ...args }), "--require /files/loaderHook.cjs");
  });

  it("keeps what the application itself has in NODE_OPTIONS first, an output too", async () => {
    const expected = "--max-old-space-size=64 --require /files/endAtSigterm.cjs";
    assert.equal(await optionsOf({}, "--max-old-space-size=64"), expected);
    assert.equal(await optionsOf({}, pulumi.output("--max-old-space-size=64")), expected);
  });

  it("brings files that Node.js 12 can read: an application of that age must not fail at them", () => {
    const languageOptions = { ecmaVersion: 2019, sourceType: "commonjs" } as const;
    for (const [name, code] of Object.entries(injection({ loaderHook: true }).files)) {
      assert.deepEqual(new Linter().verify(code, [{ languageOptions }]), [], name);
    }
  });

  it("leaves everything to the operator where neither file is wanted", () => {
    assert.deepEqual(injection({ endAtSigterm: false }, "--max-old-space-size=64"), { env: {}, files: {} });
  });
});
