import assert from "node:assert/strict";
import { markdownTable } from "../../cli/markdownTable.ts";

describe("markdownTable", () => {
  it("has a heading, a line below it and a line for each row", () => {
    const rows = [
      ["one", 1],
      ["", "2"],
    ];
    assert.equal(markdownTable(["Name", "Number"], rows), "| Name | Number |\n| --- | --- |\n| one | 1 |\n|  | 2 |");
  });
});
