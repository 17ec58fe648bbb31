import assert from "node:assert/strict";
import { readProjectFile } from "../support/markdown.ts";

describe("docs/package.md", () => {
  it("names every type that the package exports", () => {
    const exported = [...readProjectFile("package/index.ts").matchAll(/^export (type )?\{([^}]*)\}/gm)].flatMap(
      ([, all, names = ""]) =>
        names
          .split(",")
          .map((name) => name.trim())
          .filter((name) => name !== "" && (all !== undefined || name.startsWith("type ")))
          .map((name) => name.replace("type ", "")),
    );
    const [, list = ""] = /and these types:\n([\s\S]*?)\n\n/.exec(readProjectFile("docs/package.md")) ?? [];
    const named = [...list.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
    assert.deepEqual(named, exported.sort());
  });

  it("has the overrides by which this project itself is installed", () => {
    const shown = /```json\n([\s\S]*?)```/.exec(readProjectFile("docs/package.md"))?.[1] ?? "{}";
    const { overrides } = JSON.parse(readProjectFile("package.json")) as { overrides: object };
    assert.deepEqual(JSON.parse(shown), { overrides });
  });
});
