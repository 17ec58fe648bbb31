import assert from "node:assert/strict";
import { replaceBlock } from "../../cli/markdownBlock.ts";
import { mirror } from "../../review/program/mirror.ts";
import { projectFolder, readProjectFile } from "../support/markdown.ts";
import { describeWhere } from "../support/prerequisites.ts";
import { costsBlock, costsTable, stackCosts } from "../verify/costs.ts";

describeWhere(mirror !== undefined, "a mirror of the release artifacts")(costsBlock.page, function () {
  this.timeout(120_000);

  it("has the sum of what each stack asks for, operators included", async () => {
    const text = readProjectFile(costsBlock.page);
    const table = costsTable(await stackCosts(projectFolder));
    assert.equal(text, replaceBlock(text, costsBlock.name, table), "npm run verify -- costs --write puts it there");
  });
});
