import assert from "node:assert/strict";
import { posix } from "node:path";
import { readProjectFile, tableUnder } from "../support/markdown.ts";

const file = "docs/tenancy.md";

describe(file, () => {
  const rows = tableUnder(readProjectFile(file), "Who may do what");

  it("names for each row a test that there is", () => {
    assert.ok(rows.length > 10);
    for (const [what = "", , test = ""] of rows) {
      const [, link = "", title = ""] = /^\[\w+\]\((\S+)\): (.+)$/.exec(test) ?? [];
      assert.ok(title !== "", what);
      // What is tried in a loop stands in a list of its own.
      const text = [posix.join("docs", link), "tests/support/teamRefusals.ts"].map(readProjectFile).join("");
      const last = title.replace(/^ScrapeConfig of/, "of");
      assert.ok(text.includes(last), `${link} has no test "${title}"`);
    }
  });
});
