import assert from "node:assert/strict";
import { readProjectFile, tableUnder } from "../support/markdown.ts";

describe("docs/truth.md", () => {
  const rows = tableUnder(readProjectFile("docs/truth.md"), "Sent and said");

  it("has the cases", () => {
    assert.ok(rows.length >= 15, `${rows.length} rows`);
  });

  for (const [what = "", sent, said] of rows) {
    it(`is within 2 %: ${what}`, () => {
      assert.ok(Math.abs(Number(said) / Number(sent) - 1) <= 0.02, `${said ?? ""} of ${sent ?? ""}`);
    });
  }
});
