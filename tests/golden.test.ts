import assert from "node:assert/strict";
import { join } from "node:path";
import { componentFiles } from "../review/golden/componentFiles.ts";
import { readGolden } from "../review/golden/goldenFolder.ts";
import { goldenRuns } from "../review/program/goldenRuns.ts";
import { mirror } from "../review/program/mirror.ts";
import { generatedPassword, runProgram } from "../review/program/program.ts";
import { stackRun } from "../review/program/runs.ts";
import { stackConfig } from "../review/program/stackConfig.ts";

const advice = "if the change is meant, run npm run golden and review what it writes";

describe("golden files", function () {
  this.slow(1500);

  for (const [stack, run] of goldenRuns) {
    describe(stack, () => {
      let golden: Map<string, string>;
      let made: Map<string, string>;
      before(async () => {
        golden = await readGolden(join(import.meta.dirname, "golden", stack));
        made = componentFiles(await run());
      });

      it("are there for each component, and for nothing else", () => {
        assert.deepEqual([...golden.keys()].sort(), [...made.keys()].sort(), advice);
      });

      it("hold what the program registers", () => {
        const changed = [...made].flatMap(([name, text]) =>
          firstDifference(`${stack}/${name}`, golden.get(name), text),
        );
        assert.deepEqual(changed, [], advice);
      });

      it("hold nothing secret, and nothing of the machine that made them", () => {
        for (const [name, text] of golden) {
          assert.ok(!text.includes(generatedPassword), `the password is in ${name}`);
          assert.ok(!text.includes(join(import.meta.dirname, "..")), `a path of this machine is in ${name}`);
        }
      });
    });
  }

  it("are the same with the real artifacts: the stand-ins have upstream's names", async function () {
    if (mirror === undefined) this.skip();
    // No lock is recorded of it here.
    const config = { ...stackConfig("prod"), artifactsMirror: mirror, artifactsLocked: "false" };
    const run = await runProgram({ config, stack: "prod" });
    assert.deepEqual(componentFiles(run), componentFiles(await stackRun("prod")));
  });
});

/** A whole file would bury what changed. */
function firstDifference(file: string, golden = "", made: string): string[] {
  if (golden === made) return [];
  const [before, after] = [golden.split("\n"), made.split("\n")];
  const differing = after.findIndex((line, index) => line !== before[index]);
  const at = differing === -1 ? after.length : differing;
  return [`${file}:${at + 1}: was ${before[at] ?? "at its end"}, is ${after[at] ?? "at its end"}`];
}
