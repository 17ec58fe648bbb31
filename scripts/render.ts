import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { mirrorSeenFrom } from "../artifacts/mirror.ts";
import { writeFileAtomically } from "../artifacts/files.ts";
import { releaseType } from "../components/operators/releaseDescription.ts";
import { npmCommand, runScript } from "../cli/command.ts";
import { parseStack } from "../cli/stackName.ts";
import { runHelm, type Helm } from "../review/render/helmCommand.ts";
import { readReleaseInputs, type ReleaseInputs } from "../review/render/releaseInputs.ts";
import { sandboxPaths } from "../sandbox/paths.ts";
import { createReport } from "../cli/report.ts";
import { checkSettings } from "../stacks/checkSettings.ts";
import { readProject, type PulumiProject } from "../settings/stackFile.ts";
import { toolVersion } from "../sandbox/programs/build.ts";
import { ensureTools } from "../sandbox/programs/tools.ts";
import { runProgram } from "../review/program/program.ts";
import { readableManifest, templateArguments } from "../review/render/renderedRelease.ts";

const command = npmCommand(
  "render",
  "Writes the objects inside the operators' releases, one file for each release, to be compared between two commits. Needs the artifacts, from upstream or a mirror, and no cluster.",
  "--stack prod --out rendered",
)
  .requiredOption("--stack <stack>", "stack whose releases are rendered", parseStack)
  .requiredOption("--out <folder>", "folder that the files are written to")
  .option("--config-file <file>", "settings file to read (default: Pulumi.<stack>.yaml)");

/** Files of an earlier run have it too, and go. */
const ending = ".rendered.yaml";

await runScript(command, async () => {
  const { stack, out, configFile } = command.opts<{ stack: string; out: string; configFile?: string }>();
  const report = createReport();
  const project = readProject(sandboxPaths().project, stack, { configFile, encrypted: "replace" });
  await checkSettings(project);
  const paths = sandboxPaths({
    mirror: mirrorSeenFrom(project.folder, project.config[`${project.name}:artifactsMirror`] ?? ""),
  });
  const releases = await registeredReleases(project, stack);
  const { helm: program } = await ensureTools(["helm"], paths, report);
  const kubeVersion = toolVersion("kube-apiserver", paths.project);

  const state = mkdtempSync(join(tmpdir(), "fluffy-render-"));
  try {
    const helm: Helm = { program, kubeconfig: join(state, "none"), state };
    const rendered = await Promise.all(
      releases.map(async (release) => {
        const values = JSON.stringify(release.values);
        const manifest = await runHelm(helm, templateArguments(release, project.folder, kubeVersion), values);
        return [join(out, `${release.name}${ending}`), readableManifest(manifest)] as const;
      }),
    );
    removeRendered(out);
    for (const [file, text] of rendered) await writeFileAtomically(file, text);
    report.note(`${releases.length} releases of stack ${stack} are in ${out}`);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
});

/** The program itself says which releases there are, and with which charts and values. */
async function registeredReleases({ name: project, ...read }: PulumiProject, stack: string): Promise<ReleaseInputs[]> {
  process.chdir(read.folder);
  const config = Object.fromEntries(
    Object.entries(read.config).map(([key, value]) => [key.replace(`${project}:`, ""), value]),
  );
  const program = async () => (await import(pathToFileURL(read.program).href)) as Record<string, unknown>;
  // What waits for charts that cannot be had fails too, one by one: the first is told.
  process.on("unhandledRejection", () => undefined);
  const { registered } = await runProgram({ project, stack, config, program });
  return registered
    .filter(({ type }) => type === releaseType)
    .map(({ inputs, name }) => readReleaseInputs(inputs, name))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function removeRendered(folder: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // Made when the first file is written.
  }
  for (const name of names) if (name.endsWith(ending)) rmSync(join(folder, name));
}
