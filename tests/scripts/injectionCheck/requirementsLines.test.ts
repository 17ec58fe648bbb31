import assert from "node:assert/strict";
import { logicalLines } from "../../../scripts/injectionCheck/requirementsLines.ts";

describe("logicalLines", () => {
  it("leaves out comments, empty lines and the options of a requirement", () => {
    const text = "# a\n\na==1 # b\nb==1 --hash=sha256:00\n  c==1#d\n--pre # e\n";
    assert.deepEqual(logicalLines(text), [
      { number: 3, text: "a==1" },
      { number: 4, text: "b==1" },
      { number: 5, text: "c==1#d" },
      { number: 6, text: "--pre" },
    ]);
  });

  it("joins continued lines, with the number of the first one", () => {
    const text =
      "a==1 \\\r\n    --hash=sha256:00 \\\r\n    --hash=sha256:11\r\n    # via b\r\nb==1 \\\r\n; extra == 'x'\r\nc \\";
    assert.deepEqual(logicalLines(text), [
      { number: 1, text: "a==1" },
      { number: 5, text: "b==1 ; extra == 'x'" },
      { number: 7, text: "c" },
    ]);
  });

  it("ends a continued line at a comment, as pip does", () => {
    assert.deepEqual(logicalLines("a==1 \\\n# b \\\nc==1"), [
      { number: 1, text: "a==1" },
      { number: 3, text: "c==1" },
    ]);
  });
});
