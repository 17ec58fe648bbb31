import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { ExportedState } from "../../recovery/deployment.ts";
import { recover } from "../../recovery/recover.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("recover", () => {
  const folder = temporaryFolder();
  const file = (name: string) => path.join(folder(), name);
  const calls = () => (existsSync(file("calls")) ? readFileSync(file("calls"), "utf8").trim().split("\n") : []);
  const changes = () => calls().filter((call) => /^(pulumi stack import|kubectl.* (patch|delete) )/.test(call));

  /** A program that notes how it is called, and then does what the script says. */
  const program = (name: string, script: string) => {
    const text = `#!/bin/sh\necho "${name} $*" >> ${file("calls")}\n${script}\n`;
    writeFileSync(file(name), text, { mode: 0o755 });
    return file(name);
  };
  const urn = (type: string) => `urn:pulumi:dev::p::${type}::x`;
  const release = {
    ...{ urn: urn("kubernetes:helm.sh/v3:Release"), type: "kubernetes:helm.sh/v3:Release" },
    inputs: { namespace: "ns", name: "widgets", chart: "widgets" },
  };
  const namespace = {
    ...{ urn: urn("kubernetes:core/v1:Namespace"), type: "kubernetes:core/v1:Namespace" },
    inputs: { apiVersion: "v1", kind: "Namespace", metadata: { name: "ns" } },
  };
  const state: ExportedState = {
    version: 3,
    deployment: { resources: [namespace], pending_operations: [{ type: "creating", resource: release }] },
  };
  const text = {
    version: 1,
    info: { status: "pending-install" },
    chart: { metadata: { name: "widgets", version: "1" } },
  };
  const recordOf = (description: string) => {
    const packed = gzipSync(JSON.stringify({ ...text, info: { ...text.info, description } })).toString("base64");
    const data = { release: Buffer.from(packed).toString("base64") };
    return { metadata: { name: "widgets.v1", namespace: "ns", labels: { name: "widgets" } }, data };
  };

  /** Recovers that state with what a cluster has. */
  const run = async (
    has: { namespaces: string[]; brokenOff?: boolean; context?: string; description?: string },
    yes = true,
  ) => {
    if (!existsSync(file("state.json"))) writeFileSync(file("state.json"), JSON.stringify(state));
    writeFileSync(
      file("records.json"),
      JSON.stringify({ items: [recordOf(has.description ?? "Initial install underway")] }),
    );
    const pulumi = program(
      "pulumi",
      `case "$*" in
        whoami*) echo '{"url":"https://example.org"}' ;;
        "stack export"*) cp ${file("state.json")} "$6" ;;
        "stack import"*) cp "$6" ${file("state.json")} ;;
      esac`,
    );
    const kubectl = program(
      "kubectl",
      `case "$*" in
        "config current-context") echo current ;;
        *patch*) exit ${has.brokenOff ? 1 : 0} ;;
        *helm.sh/release.v1*) cat ${file("records.json")} ;;
        ${has.namespaces.map((name) => `*Namespace.v1.*" ${name} "*) echo '{"metadata":{"name":"${name}"}}' ;;`).join("\n")}
      esac`,
    );
    const lines: string[] = [];
    const print = (line: string) => lines.push(line);
    const where = { folder: folder(), project: "p", stack: "dev", context: has.context ?? "" };
    await recover({ pulumi, kubectl, cancel: "pulumi cancel --stack dev", ...where, yes, print });
    return lines;
  };

  const home = process.env.PULUMI_HOME;
  beforeEach(() => {
    // Providers of other runs on this machine are none of this one's.
    process.env.PULUMI_HOME = file("home");
    mkdirSync(file("home"));
  });
  afterEach(() => {
    if (home === undefined) delete process.env.PULUMI_HOME;
    else process.env.PULUMI_HOME = home;
  });

  it("names its cluster first, also where nothing is done", async () => {
    assert.equal((await run({ namespaces: ["ns"] }, false))[0], "cluster: context current");
    assert.equal((await run({ namespaces: ["ns"], context: "blue" }, false))[0], "cluster: context blue");
    assert.deepEqual(changes(), []);
  });

  it("refuses a cluster that has nothing of the stack", async () => {
    await assert.rejects(run({ namespaces: ["others"] }), /none of the namespaces that stack dev has \(ns\)/);
    assert.deepEqual(changes(), []);
  });

  it("imports the state before it changes Helm's records, and ends what was broken off between the two", async () => {
    await assert.rejects(run({ namespaces: ["ns"], brokenOff: true }));
    const patch = /^kubectl patch secret widgets\.v1 --namespace ns /;
    const [imported = "", patched = "", ...more] = changes();
    assert.match(imported, /^pulumi stack import /);
    assert.match(patched, patch);
    assert.deepEqual(more, []);

    const lines = await run({ namespaces: ["ns"] });
    assert.ok(lines.some((line) => line.includes("note its installation as failed")));
    assert.match(changes().at(-1) ?? "", patch);
    const { deployment } = JSON.parse(readFileSync(file("state.json"), "utf8")) as ExportedState;
    assert.deepEqual(
      deployment.resources?.map(({ id, initErrors }) => [id, initErrors?.length]),
      [
        [undefined, undefined],
        ["ns/widgets", 1],
      ],
    );
  });

  it("imports the state too before it takes the records of a lost release away: where a run has the lock, pulumi refuses", async () => {
    const lost = { ...state, deployment: { resources: [namespace] } };
    writeFileSync(file("state.json"), JSON.stringify(lost));
    await run({ namespaces: ["ns"], description: "Pulumi stack p/dev" });
    const [imported = "", deleted = "", ...more] = changes();
    assert.match(imported, /^pulumi stack import /);
    assert.match(deleted, /^kubectl delete secret widgets\.v1 --namespace ns/);
    assert.deepEqual(more, []);
  });
});
