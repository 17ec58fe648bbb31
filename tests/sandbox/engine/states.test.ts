import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brokenOff } from "../../../recovery/plan.ts";
import { engineHome } from "../../../sandbox/engine/home.ts";
import { refuseOtherStack, refuseWhileUsed } from "../../../sandbox/engine/refusals.ts";
import { isBrokenOff, stacksOf, stateFile } from "../../../sandbox/engine/states.ts";
import { parseOptions } from "../../../sandbox/options.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("states", () => {
  const folder = temporaryFolder();
  const write = (project: string, stack: string, latest: object) => {
    const file = stateFile(engineHome({ state: folder() }), project, stack);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { latest } }));
  };
  const engine = () => engineHome({ state: folder() });
  const resource = (type: string) => ({ type });

  it("tell of each stack what it has and what is pending", () => {
    const resources = ["pulumi:pulumi:Stack", "kubernetes:core/v1:Namespace"].map(resource);
    write("two", "dev", { resources, pending_operations: [{}] });
    writeFileSync(stateFile(engine(), "two", "dev") + ".bak", "");
    assert.deepEqual(stacksOf(engine()), [{ project: "two", stack: "dev", count: 1, pending: 1 }]);
    assert.deepEqual(stacksOf(engineHome({ state: join(folder(), "none") })), []);
  });

  it("keep two stacks of a project apart, and the platform while another project is there", () => {
    write("one", "dev", { resources: [resource("kubernetes:core/v1:Namespace")] });
    write("fluffy-observability", "dev", { resources: [resource("kubernetes:core/v1:Namespace")] });
    const stacks = stacksOf(engine());
    const options = (stack: string) => parseOptions(["up", "--stack", stack]);
    assert.throws(() => {
      refuseOtherStack("one", options("prod"), stacks);
    }, /stack "dev" is in this sandbox: first run/);
    refuseOtherStack("one", options("dev"), stacks);
    refuseOtherStack("three", options("prod"), stacks);
    assert.throws(() => {
      refuseWhileUsed("fluffy-observability", options("dev"), stacks);
    }, /^UserError: stack one\/dev is in this sandbox and may use what fluffy-observability\/dev has made: first run/);
    refuseWhileUsed("one", options("dev"), stacks);
    write("one", "dev", { resources: [resource("pulumi:pulumi:Stack")] });
    refuseWhileUsed("fluffy-observability", options("dev"), stacksOf(engine()));
  });

  it("show a broken-off run by its lock or by what is pending", () => {
    write("one", "dev", { resources: [] });
    assert.equal(isBrokenOff(engine(), stacksOf(engine()), { project: "one", stack: "dev" }), false);
    const locks = join(engine().backend, ".pulumi/locks/organization/one/dev");
    mkdirSync(locks, { recursive: true });
    writeFileSync(join(locks, "a.json"), JSON.stringify({ pid: 1, hostname: "h" }));
    assert.equal(isBrokenOff(engine(), stacksOf(engine()), { project: "one", stack: "dev" }), true);
    assert.equal(isBrokenOff(engine(), stacksOf(engine()), { project: "one", stack: "de" }), false);
    write("two", "dev", { resources: [], pending_operations: [{}] });
    assert.equal(isBrokenOff(engine(), stacksOf(engine()), { project: "two", stack: "dev" }), true);
    // Recovery has marked it, and may have been broken off before it put Helm's records right.
    const named = { ...resource("kubernetes:helm.sh/v3:Release"), inputs: { namespace: "ns", name: "widgets" } };
    const release = { ...named, initErrors: [brokenOff] };
    write("two", "dev", { resources: [release] });
    assert.equal(isBrokenOff(engine(), stacksOf(engine()), { project: "two", stack: "dev" }), true);
    write("two", "dev", { resources: [{ ...release, initErrors: ["timed out"] }] });
    assert.equal(isBrokenOff(engine(), stacksOf(engine()), { project: "two", stack: "dev" }), false);
  });
});
