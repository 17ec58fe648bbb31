import assert from "node:assert/strict";
import { join } from "node:path";
import { nodeargsOf, runLanguageProcess } from "../../scripts/bench/languageProcess.ts";
import { projectFolder } from "../support/markdown.ts";

const fixture = join(projectFolder, "tests/fixtures/start");

/** A run as the SDK does it by itself, and one with the start file. */
async function bothWays(config: Readonly<Record<string, string>>) {
  const run = (nodeargs: readonly string[]) => runLanguageProcess(fixture, { config, nodeargs });
  return [await run(["--import", "tsx"]), await run(nodeargsOf(fixture))] as const;
}

describe("inputs that the start file passes on", function () {
  this.slow(10_000);

  it("are the SDK's, of all kinds", async () => {
    const [before, now] = await bothWays({});
    const [expected, found] = [before, now].map(({ resources }) => resources.get("Mixed mixed"));
    assert.deepEqual(expected?.inputs["nested"], [{ at: "later", promised: [2] }]);
    assert.deepEqual([found?.asked, found?.inputs], [expected.asked, expected.inputs]);
  });

  it("are told of where one never comes", async () => {
    const [before, now] = await bothWays({ neverEnds: "true" });
    assert.deepEqual([before.code, now.code], [1, 1]);
    const [expected, found] = [before, now].map(({ stderr }) => stderr.replace(/\d+ promises/, "promises"));
    assert.match(expected ?? "", /promises/);
    assert.equal(found, expected);
  });
});
