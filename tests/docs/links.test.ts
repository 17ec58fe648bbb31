import assert from "node:assert/strict";
import { posix } from "node:path";
import { anchors, markdownFiles, projectHas, readProjectFile, withoutCodeBlocks } from "../support/markdown.ts";

/** What is wrong with a Markdown text's relative links. */
function brokenLinks(file: string, text: string): string[] {
  const links = [...withoutCodeBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return links.flatMap((target) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = "", anchor] = target.split("#");
    const linked = path === "" ? file : posix.join(posix.dirname(file), path);
    if (!projectHas(linked)) return [`${file}: ${target}: there is no ${linked}`];
    if (anchor === undefined) return [];
    const there = linked === file ? text : readProjectFile(linked);
    return anchors(there).has(anchor) ? [] : [`${file}: ${target}: no heading gives this anchor`];
  });
}

describe("links in Markdown files", () => {
  it("lead to files and headings that are there", () => {
    const files = markdownFiles();
    assert.ok(files.includes("README.md") && files.includes("docs/decisions.md"));
    assert.deepEqual(
      files.flatMap((file) => brokenLinks(file, readProjectFile(file))),
      [],
    );
  });

  it("are found broken", () => {
    const text = "# One: `two`\n\n[a](#one-two) [b](#one) [c](nothing.md) [d](https://example.org) [e](docs/)\n";
    assert.deepEqual(brokenLinks("README.md", text), [
      "README.md: #one: no heading gives this anchor",
      "README.md: nothing.md: there is no nothing.md",
    ]);
  });
});
