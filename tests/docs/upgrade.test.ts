import assert from "node:assert/strict";
import { CORE_SCHEMA, load } from "js-yaml";
import { readProjectFile } from "../support/markdown.ts";
import { lastingRows, shown } from "../verify/upgradeTable.ts";

describe("docs/upgrade.md", () => {
  for (const stack of ["dev", "prod"]) {
    it(`has the outputs of ${stack} as they are now`, () => {
      const text = readProjectFile(`tests/golden/${stack}/outputs.yaml`);
      const outputs = load(text, { schema: CORE_SCHEMA }) as Record<string, unknown>;
      const rows = lastingRows(readProjectFile("docs/upgrade.md"), stack).map((row) => row.split(" | "));
      const listed = new Map(
        rows.flatMap(([name = "", , now = ""]) => {
          const [, output] = /^\| `(\w+)`$/.exec(name) ?? [];
          return output === undefined ? [] : [[output, now.replace(/ *\|$/, "")] as const];
        }),
      );
      assert.ok(listed.size > 5, [...listed.keys()].join(", "));
      for (const [output, now] of listed) assert.equal(now, shown(outputs[output]), output);
      // Commit 06fdc80 had no TLS.
      for (const [output, value] of Object.entries(outputs))
        if (typeof value === "string" && value.startsWith("https://")) assert.ok(listed.has(output), output);
    });
  }
});
