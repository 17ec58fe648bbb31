import assert from "node:assert/strict";
import { storedShare } from "../../../scripts/bench/storedShare.ts";

describe("storedShare", () => {
  it("is the greatest of the table", () => {
    assert.equal(storedShare("| a | 40 MB |\n| b | 184 MB |\n| c | 104 MB |\n"), 184);
  });

  it("of a page without the table is refused", () => {
    assert.throws(() => storedShare("# Logs\n"), /no figure of what 1 GB of lines takes/);
  });
});
