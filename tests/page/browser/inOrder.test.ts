import assert from "node:assert/strict";
import { inOrder } from "../../../page/browser/inOrder.ts";

describe("inOrder", () => {
  it("leaves out what comes after the answer to a later question", () => {
    const begin = inOrder();
    const [first, second, third] = [begin(), begin(), begin()];
    assert.deepEqual([second(), first(), third()], [true, false, true]);
  });
});
