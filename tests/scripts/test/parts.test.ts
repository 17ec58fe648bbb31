import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { filesOfParts, testParts } from "../../../scripts/test/parts.ts";

const project = join(import.meta.dirname, "../../..");

describe("the parts of npm test", () => {
  const files = filesOfParts(testParts, project);

  it("have every test file once", () => {
    const all = globSync("tests/**/*.test.ts", { cwd: project });
    assert.deepEqual(Object.values(files).flat().sort(), all.sort());
  });

  it("begin with the files that take longest, which are there", () => {
    const { first } = testParts.telemetry;
    assert.deepEqual(files.telemetry.slice(0, first.length), first);
    for (const part of Object.values(testParts)) {
      for (const file of "first" in part ? part.first : []) assert.ok(existsSync(join(project, file)), file);
    }
  });
});
