import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replaceBlock, writeBlock } from "../../cli/markdownBlock.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const document = "before\n<!-- a: begin -->\nold\n<!-- a: end -->\nafter\n";

describe("replaceBlock", () => {
  it("puts the text between the lines, and leaves all else", () => {
    const written = replaceBlock(document, "a", "new");
    assert.equal(written, "before\n<!-- a: begin -->\n\nnew\n\n<!-- a: end -->\nafter\n");
    assert.equal(replaceBlock(written, "a", "new"), written);
  });

  it("refuses a document without the lines", () => {
    const message = 'the document has no lines "<!-- b: begin -->" and "<!-- b: end -->"';
    assert.throws(() => replaceBlock(document, "b", "new"), { message });
    assert.throws(() => replaceBlock("<!-- b: end --> <!-- b: begin -->", "b", "new"), { message });
  });
});

describe("writeBlock", () => {
  const folder = temporaryFolder();

  it("writes the file", () => {
    const file = join(folder(), "a.md");
    writeFileSync(file, document);
    writeBlock(file, "a", "new");
    assert.equal(readFileSync(file, "utf8"), replaceBlock(document, "a", "new"));
  });
});
