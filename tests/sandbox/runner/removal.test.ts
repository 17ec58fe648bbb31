import assert from "node:assert/strict";
import type { Entry } from "../../../sandbox/inventory.ts";
import { removable } from "../../../sandbox/runner/removal.ts";

const entry = (name: string, run: number, began: number, ended?: number): Entry => ({
  ...{ type: "t", name, parent: "", run, began, ...(ended === undefined ? {} : { ended }) },
  identity: { is: "release", namespace: "ns", name },
});
const names = (entries: Entry[]) => removable(entries).map(({ name }) => name);

describe("removable", () => {
  it("is what nothing began after", () => {
    // "a" ended before "b" and "c" began; those two were applied at the same time.
    assert.deepEqual(names([entry("a", 1, 1, 2), entry("b", 1, 3, 5), entry("c", 1, 4, 6)]), ["b", "c"]);
    assert.deepEqual(names([entry("a", 1, 1, 2)]), ["a"]);
  });

  it("is what a killed run never finished: nothing can depend on it", () => {
    assert.deepEqual(names([entry("a", 1, 1, 2), entry("b", 1, 3)]), ["b"]);
  });

  it("is what only an older run registered, before what the last one did", () => {
    const former = [entry("operator", 1, 1, 2), entry("old", 1, 3, 4)];
    assert.deepEqual(names([entry("operator", 2, 5, 6), ...former.slice(1)]), ["old"]);
  });

  it("is nothing where there is nothing", () => {
    assert.deepEqual(names([]), []);
  });
});
