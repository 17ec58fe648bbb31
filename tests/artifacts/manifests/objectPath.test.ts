import assert from "node:assert/strict";
import { updateAt, valuesAt } from "../../../artifacts/manifests/objectPath.ts";

describe("updateAt", () => {
  const value = { name: "a", list: [{ port: 1 }, { other: 2 }, { port: 3 }] };

  it("changes every place that the path leads to, and nothing of the original", () => {
    const before = structuredClone(value);
    const changed = updateAt(value, ["list", "*", "port"], (port) => Number(port) * 10);
    assert.deepEqual(changed, { name: "a", list: [{ port: 10 }, { other: 2 }, { port: 30 }] });
    assert.deepEqual(value, before);
  });

  it("leaves a field out where the change gives undefined", () => {
    assert.deepEqual(
      updateAt(value, ["list"], () => undefined),
      { name: "a" },
    );
  });

  it("does not make fields that are not there", () => {
    assert.equal(
      updateAt(value, ["missing", "field"], () => 1),
      value,
    );
  });

  it("keeps the order of the fields", () => {
    const changed = updateAt({ a: 1, b: 2, c: 3 }, ["b"], () => 4);
    assert.deepEqual(Object.keys(changed as object), ["a", "b", "c"]);
  });
});

describe("valuesAt", () => {
  it("finds all values, and none where the path ends early", () => {
    const value = { list: [{ port: 1 }, { port: 2 }, "text"] };
    assert.deepEqual(valuesAt(value, ["list", "*", "port"]), [1, 2]);
    assert.deepEqual(valuesAt(value, ["list", "port"]), []);
    assert.deepEqual(valuesAt(undefined, ["list"]), []);
  });
});
