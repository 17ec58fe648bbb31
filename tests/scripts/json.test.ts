import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Remainder, remainderLine } from "../../recovery/remains.ts";
import type { ObjectChange } from "../../review/diff/objectChanges.ts";
import { reviewText } from "../../review/diff/reviewText.ts";
import { projectFolder } from "../support/markdown.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Scripts whose tests have no file of their own; those of the others are in theirs. */
describe("the JSON of a script", function () {
  this.timeout(60_000);
  this.slow(10_000);
  const folder = temporaryFolder();

  /**
   * What a script prints for people, and what with `--json`.
   *
   * @param programs on its PATH: patterns of a shell's `case` for their arguments, and what they then do
   */
  function both(programs: Record<string, Record<string, string>>, script: string, ...argv: string[]) {
    const bin = join(folder(), "bin");
    mkdirSync(bin);
    for (const [name, answers] of Object.entries(programs)) {
      const cases = Object.entries(answers).map(([pattern, does]) => `${pattern}) ${does} ;;`);
      const text = ["#!/bin/sh", 'case "$*" in', ...cases, "esac", ""].join("\n");
      writeFileSync(join(bin, name), text, { mode: 0o755 });
    }
    const env = { ...process.env, PULUMI_HOME: folder(), PATH: [bin, process.env["PATH"]].join(delimiter) };
    const [text, json] = [[], ["--json"]].map((flags) => {
      const args = ["--import", "./runTypeScript.mjs", `scripts/${script}.ts`, ...argv, ...flags];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, {
        cwd: projectFolder,
        env,
        encoding: "utf8",
      });
      assert.equal(status, 0, stderr);
      return { stdout, stderr };
    });
    const document = JSON.parse(json?.stdout ?? "") as unknown;
    assert.equal(json?.stdout.trimEnd().split("\n").length, 1);
    return { text: text?.stdout.trimEnd() ?? "", document, said: json.stderr };
  }

  it("has what a destroyed stack has left, with the commands", () => {
    const lease = { metadata: { name: "cert-manager-controller", namespace: "kube-system" }, spec: {} };
    const kubectl = {
      "*current-context": "echo kind-shop",
      "*Lease*": `echo '${JSON.stringify({ items: [lease] })}'`,
      "*get*": `echo '{"items":[]}'`,
    };
    const { text, document } = both({ kubectl }, "remains");
    const { context, remains } = document as { context: string; remains: Remainder[] };
    assert.equal(remains.length, 1);
    assert.match(remains[0]?.command ?? "", /^kubectl --context 'kind-shop' delete .*lease cert-manager-controller$/);
    assert.equal(text, [`cluster: context ${context}`, ...remains.map(remainderLine)].join("\n"));
  });

  it("has what of a run was broken off", () => {
    const resource = {
      urn: "urn:pulumi:dev::p::kubernetes:core/v1:ConfigMap::x",
      type: "kubernetes:core/v1:ConfigMap",
    };
    const state = { version: 3, deployment: { resources: [], pending_operations: [{ type: "creating", resource }] } };
    const file = join(folder(), "state.json");
    writeFileSync(file, JSON.stringify(state));
    const pulumi = { "whoami*": `echo '{"url":"https://example.org"}'`, '"stack export"*': `cp ${file} "$6"` };
    const kubectl = { "*current-context": "echo kind-shop" };
    const { text, document, said } = both({ pulumi, kubectl }, "recover", "--stack", "dev");
    const { steps, notes, ...rest } = document as { steps: string[]; notes: string[] };
    assert.ok(steps.length > 0);
    assert.ok(notes.length > 0);
    assert.deepEqual(rest, { stack: "dev", context: "kind-shop", done: false });
    for (const line of [...steps, ...notes]) assert.ok(text.split("\n").includes(line), text);
    // What is said on the way comes while it works.
    assert.equal(`${said}nothing was changed: --yes does it`, text);
  });

  it("has the objects that differ", () => {
    const write = (side: string, replicas: number) => {
      mkdirSync(join(folder(), side, "dev"), { recursive: true });
      const object = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "shop" }, spec: { replicas } };
      writeFileSync(join(folder(), side, "dev/shop.rendered.yaml"), JSON.stringify(object));
    };
    write("before", 1);
    write("after", 2);
    const { text, document } = both({}, "diff", "--rendered", folder());
    const { objects } = document as { objects: ObjectChange[] };
    assert.deepEqual(
      objects.map(({ action, stacks, changes }) => ({ action, stacks, changes })),
      [{ action: "changed", stacks: ["dev"], changes: [{ path: "spec.replicas", old: 1, new: 2 }] }],
    );
    assert.equal(text, reviewText(objects));
  });
});
