import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { Option } from "commander";
import { imageDigests, imageLockName } from "../catalog/imageDigests.ts";
import { npmCommand, runScript, withJson } from "../cli/command.ts";
import { lastLine, UserError } from "../cli/errors.ts";
import { goldenRuns } from "../review/program/goldenRuns.ts";
import { objectChanges, objectsForm } from "../review/diff/objectChanges.ts";
import { goldenObjects, type StackObjects } from "../review/diff/reviewObjects.ts";
import { reviewText } from "../review/diff/reviewText.ts";
import { readGolden, writeGolden } from "../review/golden/goldenFolder.ts";
import { checkStacks, patchesOf, registeredResources } from "./upgrade/installed.ts";
import { planUpgrade } from "./upgrade/part.ts";
import { upgrade } from "./upgrade/upgrade.ts";

const project = resolve(import.meta.dirname, "..");
const golden = (stack: string) => join(project, "tests/golden", stack);

type GoldenFiles = Map<string, Map<string, string>>;

const command = withJson(
  npmCommand(
    "upgrade",
    "Changes the version of a part, locks its artifact, makes the golden files anew and prints what that changes.",
    "certManager v1.22.0",
  )
    .argument("<part>", "part whose version is changed")
    .argument("<version>", "version that it gets")
    .addOption(new Option("--mirror <folder or URL>", "where the artifact comes from").default("", "upstream")),
  `{"part", "from", "to", "notes", "crds", "objects": [...]}, notes and crds are lines; of each object that differs${objectsForm}`,
);

async function readAll(): Promise<GoldenFiles> {
  const entries = [...goldenRuns.keys()].map(async (stack) => [stack, await readGolden(golden(stack))] as const);
  return new Map(await Promise.all(entries));
}

function objectsOf(files: GoldenFiles): StackObjects {
  const entries = [...files].map(
    ([stack, own]) => [stack, [...own].flatMap(([name, text]) => goldenObjects(name, text))] as const,
  );
  return new Map(entries);
}

/** In a process of its own: this one has loaded the old versions. After a failure the files are as they were. */
async function makeGolden(before: GoldenFiles): Promise<void> {
  const { status, stderr } = spawnSync(process.execPath, ["--import", "./runTypeScript.mjs", "scripts/golden.ts"], {
    cwd: project,
    encoding: "utf8",
  });
  if (status === 0) return;
  for (const [stack, files] of before) await writeGolden(golden(stack), files);
  throw new UserError(`the program does not run with the new version; nothing was changed: ${lastLine(stderr)}`);
}

await runScript(command, async () => {
  const [part, version] = command.processedArgs as [string, string];
  const { mirror } = command.opts<{ mirror: string }>();
  const plan = planUpgrade(part, version);
  // Else they are refused once the artifacts are there.
  await checkStacks();
  const before = await readAll();
  const crds = await upgrade(plan, {
    project,
    mirror,
    resources: registeredResources,
    patches: patchesOf,
    makeGolden: () => makeGolden(before),
  });
  const notes =
    Object.keys(imageDigests).length === 0
      ? []
      : [
          `${imageLockName} lacks the new images' digests, so they are pulled by their tags: "npm run images:lock" records them`,
        ];
  const objects = objectChanges(objectsOf(before), objectsOf(await readAll()));
  const { part: name, from, to } = plan;
  return {
    text: [
      `${name}: ${from} -> ${to}`,
      ...notes,
      ...(crds.length === 0 ? [] : ["", "CRDs", ...crds.map((line) => `  ${line}`)]),
      "",
      reviewText(objects),
    ].join("\n"),
    json: { part: name, from, to, notes, crds, objects },
  };
});
