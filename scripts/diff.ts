import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readIfThere } from "../components/artifacts/files.ts";
import { errorLine, UserError } from "../sandbox/errors.ts";
import { filesAt } from "./diff/gitFiles.ts";
import { objectChanges } from "./diff/objectChanges.ts";
import { goldenObjects, renderedObjects, type ReviewObject, type StackObjects } from "./diff/reviewObjects.ts";
import { reviewMarkdown } from "./diff/reviewMarkdown.ts";
import { reviewText } from "./diff/reviewText.ts";
import { readGolden } from "./golden/goldenFolder.ts";

/**
 * `npm run diff -- --against REF`: what changed between the golden files of a commit and those of the work tree, object by object.
 * `--rendered DIR` compares what `npm run render` wrote to DIR/before/<stack> and DIR/after/<stack> instead. `--markdown` prints a comment
 * for a pull request.
 */

const project = resolve(import.meta.dirname, "..");
const golden = "tests/golden";

type ReadObjects = (file: string, text: string) => ReviewObject[];

async function diff(args: string[]): Promise<void> {
  const { against, rendered, markdown } = parseOptions(args);
  const [before, after] =
    rendered === undefined
      ? [goldenAt(against), await readStacks(join(project, golden), goldenObjects)]
      : [
          await readStacks(join(rendered, "before"), renderedObjects),
          await readStacks(join(rendered, "after"), renderedObjects),
        ];
  const changes = objectChanges(before, after);
  const heading = rendered === undefined ? "What the program registers" : "What is inside the releases";
  const command = rendered === undefined ? `npm run diff -- --against ${against}` : "npm run render, and a comparison";
  console.log(markdown ? reviewMarkdown(changes, heading, command) : reviewText(changes));
}

function parseOptions(args: string[]): { against: string; rendered: string | undefined; markdown: boolean } {
  const usage = "usage: npm run diff -- --against <commit> | --rendered <folder> [--markdown]";
  const string = { type: "string" } as const;
  try {
    const options = { against: string, rendered: string, markdown: { type: "boolean", default: false } } as const;
    const { against, rendered, markdown } = parseArgs({ args, options }).values;
    if ((against === undefined) !== (rendered === undefined)) return { against: against ?? "", rendered, markdown };
  } catch {
    // Said below.
  }
  throw new UserError(usage);
}

function goldenAt(ref: string): StackObjects {
  const stacks = new Map<string, ReviewObject[]>();
  for (const [path, text] of filesAt(project, ref, golden)) {
    const stack = basename(dirname(path));
    stacks.set(stack, [...(stacks.get(stack) ?? []), ...goldenObjects(basename(path), text)]);
  }
  return stacks;
}

/** The objects of a folder with one folder of files for each stack. */
async function readStacks(folder: string, read: ReadObjects): Promise<StackObjects> {
  const stacks = await readIfThere(() => readdir(folder));
  if (stacks === undefined) throw new UserError(`there is no folder ${folder}`);
  const entries = stacks.sort().map(async (stack) => {
    const files = await readGolden(join(folder, stack));
    return [stack, [...files].flatMap(([name, text]) => read(name, text))] as const;
  });
  return new Map(await Promise.all(entries));
}

try {
  await diff(process.argv.slice(2));
} catch (error) {
  console.error(errorLine(error));
  process.exitCode = 1;
}
