import assert from "node:assert/strict";
import { readProjectFile, tableUnder } from "../support/markdown.ts";

const first = "`up` into an empty cluster";

/** The seconds of a first `up` in the table under a heading, in the column of this commit. */
function measured(page: string, heading: string): string {
  const row = tableUnder(readProjectFile(page), heading).find(([cell = ""]) => cell.startsWith(first));
  return row?.[2] ?? assert.fail(`${page} has no row "${first}" under "${heading}"`);
}

describe("docs/costs.md", () => {
  it("gives the times of a first pulumi up as they were measured", () => {
    const [, dev, prod] =
      /In the sandbox it took ([\d.]+ s) for `dev`.*and ([\d.]+ s) for `prod`/.exec(readProjectFile("docs/costs.md")) ??
      [];
    assert.deepEqual(
      [dev, prod],
      [measured("docs/decisions.md", "The sandbox"), measured("docs/production.md", "How long it takes")],
    );
  });
});
