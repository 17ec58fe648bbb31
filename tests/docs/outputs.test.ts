import assert from "node:assert/strict";
import { projectHas, readProjectFile } from "../support/markdown.ts";
import { shownOutputs } from "../support/shownOutput.ts";

/** Which test compares what a page shows with what is printed, and words in it that say so. */
const compared: readonly (readonly [page: string, file: string, shown: string])[] = [
  ["README.md", "tests/docs/readme.test.ts", 'shownOutput("README.md", first)'],
  ["README.md", "tests/support/readmeWalk.ts", 'shownOutput("README.md", look)'],
  ["docs/logs.md", "tests/telemetry/sandbox.test.ts", 'shownOutput("docs/logs.md")'],
  ["docs/services.md", "tests/cluster/podSecurity.test.ts", 'shownOutput("docs/services.md")'],
  ["docs/takeover.md", "tests/cluster/pages.test.ts", 'shownOutput("docs/takeover.md")'],
];

describe("the outputs that README.md and docs/ show", () => {
  it("are all compared with what is printed, by a test that is named here", () => {
    assert.deepEqual(
      shownOutputs()
        .map(({ page }) => page)
        .sort(),
      compared.map(([page]) => page).sort(),
    );
    for (const [page, file, shown] of compared)
      assert.ok(projectHas(file) && readProjectFile(file).includes(shown), `${file} does not compare ${page}`);
  });
});
