import assert from "node:assert/strict";
import { readableYaml } from "../../../review/golden/readableYaml.ts";

describe("readableYaml", () => {
  it("puts what names an object first and the rest in order of the alphabet, at every depth", () => {
    const value = {
      spec: { b: 1, a: [{ value: "x", name: "item" }] },
      kind: "K",
      metadata: { labels: {}, name: "m" },
      apiVersion: "v1",
    };
    assert.equal(
      readableYaml(value),
      "apiVersion: v1\nkind: K\nmetadata:\n  name: m\n  labels: {}\nspec:\n  a:\n  - name: item\n    value: x\n  b: 1\n",
    );
  });

  it("does not depend on the order of the keys, nor on shared objects", () => {
    const shared = { x: 1 };
    assert.equal(readableYaml({ a: shared, b: shared }), readableYaml({ b: { x: 1 }, a: { x: 1 } }));
  });

  it("keeps a long text on one line", () => {
    const text = "word ".repeat(100).trim();
    assert.equal(readableYaml({ text }), `text: ${text}\n`);
  });
});
