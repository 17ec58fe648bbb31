import assert from "node:assert/strict";
import { readProjectFile } from "../support/markdown.ts";

describe("docs/package.md", () => {
  it("has the overrides by which this project itself is installed", () => {
    const shown = /```json\n([\s\S]*?)```/.exec(readProjectFile("docs/package.md"))?.[1] ?? "{}";
    const { overrides } = JSON.parse(readProjectFile("package.json")) as { overrides: object };
    assert.deepEqual(JSON.parse(shown), { overrides });
  });
});
