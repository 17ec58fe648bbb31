import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inventoriesOf, Inventory } from "../../sandbox/inventory.ts";
import type { Identity } from "../../sandbox/runner/identity.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const identity = (name: string): Identity => ({ is: "object", object: { apiVersion: "v1", kind: "Namespace", name } });
const resource = (name: string) => ({
  type: "kubernetes:core/v1:Namespace",
  name,
  parent: "",
  identity: identity(name),
});

describe("Inventory", () => {
  const folder = temporaryFolder();
  const open = (cluster?: string) => Inventory.open(folder(), "p", "dev", cluster);
  const names = (inventory: Inventory) => inventory.entries.map(({ name }) => name);

  it("keeps what was begun, also when the step never ended", () => {
    const inventory = open("one");
    inventory.begin(resource("a"));
    inventory.end(identity("a"));
    inventory.begin(resource("b"));
    assert.deepEqual(
      open("one").entries.map(({ name, run, began, ended }) => [name, run, began, ended]),
      [
        ["a", 1, 1, 2],
        ["b", 1, 3, undefined],
      ],
    );
  });

  it("counts on in the next run, and tells what that run has not registered", () => {
    const first = open("one");
    for (const name of ["a", "b"]) {
      first.begin(resource(name));
      first.end(identity(name));
    }
    const second = open("one");
    second.begin(resource("a"));
    second.end(identity("a"));
    assert.deepEqual(names(second), ["b", "a"]);
    assert.deepEqual(names(open("one")), ["b", "a"]);
    const former = second.entries.filter(({ run }) => run !== second.run);
    assert.deepEqual(
      former.map(({ name }) => name),
      ["b"],
    );
    assert.equal(second.entries[1]?.began, 5);
  });

  it("forgets what was in a cluster that is gone", () => {
    open("one").begin(resource("a"));
    assert.deepEqual(names(open("two")), []);
    assert.deepEqual(names(open()), ["a"]);
  });

  it("forgets a resource that is gone, and is gone itself at the end", () => {
    const inventory = open("one");
    inventory.begin(resource("a"));
    inventory.begin(resource("b"));
    inventory.remove(identity("a"));
    assert.deepEqual(names(open("one")), ["b"]);
    inventory.delete();
    assert.deepEqual(inventoriesOf(folder()), []);
  });

  it("keeps outputs, and tells other runs which stacks there are", () => {
    const inventory = open("one");
    inventory.begin(resource("a"));
    inventory.outputs = { url: "http://a" };
    assert.deepEqual(open().outputs, { url: "http://a" });
    const summary = { project: "p", stack: "dev", cluster: "one", count: 1, references: [] };
    assert.deepEqual(inventoriesOf(folder()), [summary]);
  });

  it("tells which stacks' outputs it uses: those of the last run that ended well, and of any run since", () => {
    const references = () => inventoriesOf(folder())[0]?.references;
    const first = open("one");
    first.begin(resource("a"));
    first.refer("platform", "dev");
    first.refer("platform", "dev");
    first.outputs = {};
    const second = open("one");
    second.refer("platform", "prod");
    assert.deepEqual(references(), ["platform/dev", "platform/prod"]);
    second.outputs = {};
    assert.deepEqual(references(), ["platform/prod"]);
  });

  it("gives another stack's outputs in the same cluster, and none of a former one", () => {
    Inventory.open(folder(), "q", "dev", "one").outputs = { url: "http://q" };
    assert.deepEqual(open("one").sibling("q", "dev").outputs, { url: "http://q" });
    assert.deepEqual(open("two").sibling("q", "dev").outputs, {});
  });

  it("reads a file that was written before it had references", () => {
    open("one").begin(resource("a"));
    const file = join(folder(), "inventory", "p.dev.json");
    const { references, ...older } = JSON.parse(readFileSync(file, "utf8")) as { references: unknown };
    assert.deepEqual(references, []);
    writeFileSync(file, JSON.stringify(older));
    assert.deepEqual(inventoriesOf(folder())[0]?.references, []);
  });

  it("is never half written: another file is put in its place", () => {
    const inventory = open("one");
    const file = join(folder(), "inventory", "p.dev.json");
    for (let step = 0; step < 50; step++) {
      inventory.begin(resource(`n${step}`));
      const { entries } = JSON.parse(readFileSync(file, "utf8")) as { entries: unknown[] };
      assert.equal(entries.length, step + 1);
    }
    assert.deepEqual(readdirSync(join(folder(), "inventory")), ["p.dev.json"]);
  });

  it("says what to do when it is damaged", () => {
    open("one").begin(resource("a"));
    writeFileSync(join(folder(), "inventory", "p.dev.json"), "{");
    assert.throws(() => open(), {
      name: "UserError",
      message: /p\.dev\.json is damaged: run "npm run sandbox -- down"/,
    });
  });
});
