import assert from "node:assert/strict";
import { errorLine, lastLine } from "../../cli/errors.ts";

describe("errorLine", () => {
  it("is one line, whatever was thrown", () => {
    assert.equal(errorLine(new Error("two\n  problems\n")), "two; problems");
    assert.equal(errorLine("text"), "text");
  });
});

describe("lastLine", () => {
  it("is what a program said at its end, and nothing where it said nothing", () => {
    assert.equal(lastLine("warning: x\nerror: y\n\n"), "error: y");
    assert.equal(lastLine("\n"), "");
  });
});
