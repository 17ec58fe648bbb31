import assert from "node:assert/strict";
import { foldedBlock } from "../../../review/diff/markdown.ts";

describe("foldedBlock", () => {
  it("holds all lines when there is room", () => {
    assert.equal(
      foldedBlock("a <b> & c", ["one", "two"], 1000, "see there"),
      "<details>\n<summary>a &lt;b> &amp; c</summary>\n\n```\none\ntwo\n```\n\n</details>",
    );
  });

  it("leaves out lines at the end, and says how many", () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index} ${"ä".repeat(10)}`);
    const text = foldedBlock("all", lines, 1000, "see there");
    assert.ok(Buffer.byteLength(text) <= 1000, `${Buffer.byteLength(text)} bytes`);
    const shown = lines.filter((line) => text.includes(line)).length;
    assert.ok(shown > 15, `${shown} lines`);
    assert.match(text, new RegExp(`^… ${100 - shown} more lines: see there$`, "m"));
  });

  it("is not ended by a fence inside", () => {
    const text = foldedBlock("all", ["```", "</details>", "````yaml"], 1000, "see there");
    assert.match(text, /\n`{5}\n```\n<\/details>\n````yaml\n`{5}\n/);
  });
});
