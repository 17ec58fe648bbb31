import { join } from "node:path";
import { stackRun, stacks } from "../tests/support/runs.ts";
import { componentFiles } from "./golden/componentFiles.ts";
import { writeGolden } from "./golden/goldenFolder.ts";

/** Writes what the program registers for each stack to tests/golden, where a review sees what a change does. */
for (const stack of stacks) {
  const folder = join("tests/golden", stack);
  const files = componentFiles(await stackRun(stack));
  const { written, removed, unchanged } = await writeGolden(join(import.meta.dirname, "..", folder), files);
  for (const name of written) console.log(`${join(folder, name)}: written`);
  for (const name of removed) console.log(`${join(folder, name)}: removed`);
  console.log(`${folder}: ${unchanged.length} unchanged`);
}
