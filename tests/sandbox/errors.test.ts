import assert from "node:assert/strict";
import { errorLine } from "../../sandbox/errors.ts";

describe("errorLine", () => {
  it("is one line, whatever was thrown", () => {
    assert.equal(errorLine(new Error("two\n  problems\n")), "two; problems");
    assert.equal(errorLine("text"), "text");
  });
});
