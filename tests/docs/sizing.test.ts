import assert from "node:assert/strict";
import { replaceBlock } from "../../cli/markdownBlock.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { readFigures } from "../../scripts/bench/sizingFigures.ts";
import { sizingTable } from "../../scripts/bench/sizingTable.ts";
import { storedShare } from "../../scripts/bench/storedShare.ts";
import { parseSettings } from "../../settings/read.ts";
import { readProjectFile, tableUnder } from "../support/markdown.ts";

describe("docs/production.md, sizing", () => {
  const page = readProjectFile("docs/production.md");
  const figures = readFigures(tableUnder(page, "What was measured"));

  it("has the table that is made of the figures beside it", () => {
    const table = sizingTable(figures, parseSettings(stackConfig("prod")));
    assert.equal(replaceBlock(page, "sizing", table), page);
  });

  it("has the figure of docs/logs.md of what lines take", () => {
    assert.equal(figures.logShare, storedShare(readProjectFile("docs/logs.md")));
  });
});
