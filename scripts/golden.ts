import { join } from "node:path";
import { npmCommand, runScript } from "../cli/command.ts";
import { goldenRuns } from "../review/program/goldenRuns.ts";
import { componentFiles } from "../review/golden/componentFiles.ts";
import { writeGolden } from "../review/golden/goldenFolder.ts";

const command = npmCommand(
  "golden",
  "Writes what the programs register for each stack to tests/golden, where a review sees what a change does.",
  "",
);

await runScript(command, async () => {
  for (const [name, run] of goldenRuns) {
    const folder = join("tests/golden", name);
    const { written, removed, unchanged } = await writeGolden(
      join(import.meta.dirname, "..", folder),
      componentFiles(await run()),
    );
    for (const file of written) console.log(`${join(folder, file)}: written`);
    for (const file of removed) console.log(`${join(folder, file)}: removed`);
    console.log(`${folder}: ${unchanged.length} unchanged`);
  }
});
