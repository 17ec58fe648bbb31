import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { readIfThere } from "../artifacts/files.ts";
import { Option } from "commander";
import { npmCommand, runScript, UsageError, withJson } from "../cli/command.ts";
import { UserError } from "../cli/errors.ts";
import { filesAt } from "../review/diff/gitFiles.ts";
import { objectChanges, objectsForm } from "../review/diff/objectChanges.ts";
import { goldenObjects, renderedObjects, type ReviewObject, type StackObjects } from "../review/diff/reviewObjects.ts";
import { reviewMarkdown } from "../review/diff/reviewMarkdown.ts";
import { reviewText } from "../review/diff/reviewText.ts";
import { readGolden } from "../review/golden/goldenFolder.ts";

const project = resolve(import.meta.dirname, "..");
const golden = "tests/golden";

type ReadObjects = (file: string, text: string) => ReviewObject[];

const command = withJson(
  npmCommand(
    "diff",
    "Says what changed, object by object, between the golden files of a commit and those of the work tree.",
    "--against main",
  )
    .addOption(
      new Option("--against <commit>", "commit whose golden files are compared (default: none)").conflicts("rendered"),
    )
    .option(
      "--rendered <folder>",
      "compare what npm run render wrote to <folder>/before and <folder>/after instead (default: none)",
    )
    .addOption(new Option("--markdown", "print a comment for a pull request instead").default(false).conflicts("json")),
  `{"objects": [...]}; of each object that differs${objectsForm}`,
);

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

await runScript(command, async () => {
  const { against, rendered, markdown } = command.opts<{ against?: string; rendered?: string; markdown: boolean }>();
  const [before, after] =
    rendered === undefined
      ? [goldenAt(required(against)), await readStacks(join(project, golden), goldenObjects)]
      : [
          await readStacks(join(rendered, "before"), renderedObjects),
          await readStacks(join(rendered, "after"), renderedObjects),
        ];
  const changes = objectChanges(before, after);
  const heading = rendered === undefined ? "What the program registers" : "What is inside the releases";
  const made = rendered === undefined ? `npm run diff -- --against ${against}` : "npm run render, and a comparison";
  return {
    text: markdown ? reviewMarkdown(changes, heading, made) : reviewText(changes),
    json: { objects: changes },
  };
});

function required(against: string | undefined): string {
  if (against !== undefined) return against;
  throw new UsageError("nothing to compare with: --against <commit> or --rendered <folder>");
}
