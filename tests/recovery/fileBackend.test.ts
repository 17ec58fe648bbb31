import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stateFileOf, stateFiles } from "../../recovery/fileBackend.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("stateFiles", () => {
  const folder = temporaryFolder();

  it("are one for each stack of each project, without copies and attributes", () => {
    for (const [project, stack] of [
      ["one", "dev"],
      ["one", "prod"],
      ["two", "dev"],
    ] as const) {
      const file = stateFileOf(folder(), project, stack);
      mkdirSync(path.dirname(file), { recursive: true });
      for (const ending of ["", ".bak", ".attrs"]) writeFileSync(`${file}${ending}`, "{}");
    }
    assert.deepEqual(
      stateFiles(folder()).map(({ project, stack, file }) => [project, stack, path.relative(folder(), file)]),
      [
        ["one", "dev", ".pulumi/stacks/one/dev.json"],
        ["one", "prod", ".pulumi/stacks/one/prod.json"],
        ["two", "dev", ".pulumi/stacks/two/dev.json"],
      ],
    );
  });

  it("are none where there is no backend", () => {
    assert.deepEqual(stateFiles(path.join(folder(), "none")), []);
  });
});
