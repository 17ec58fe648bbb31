import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { writeFileAtomically } from "../components/artifacts/files.ts";
import { releaseType } from "../components/operators/releaseDescription.ts";
import { errorLine, UserError } from "../sandbox/errors.ts";
import { runHelm, type Helm } from "../sandbox/programs/helm/command.ts";
import { readReleaseInputs, type ReleaseInputs } from "../sandbox/programs/helm/releaseInputs.ts";
import { sandboxPaths } from "../sandbox/paths.ts";
import { createReport } from "../sandbox/report.ts";
import { readProject, type PulumiProject } from "../sandbox/stackFile.ts";
import { readGoModule } from "../sandbox/programs/goModule.ts";
import { ensureTools } from "../sandbox/programs/tools.ts";
import { runProgram } from "../tests/support/program.ts";
import { readableManifest, templateArguments } from "./renderedRelease.ts";

/**
 * `npm run render -- --stack prod --out DIR`: writes the objects inside the operators' releases, one file for each release, to be
 * compared between two commits. Needs the artifacts, from upstream or a mirror, and no cluster.
 */

/** Files of an earlier run have it too, and go. */
const ending = ".rendered.yaml";

async function render(args: string[]): Promise<void> {
  const { stack, out, configFile } = parseOptions(args);
  const report = createReport();
  const paths = sandboxPaths();
  const project = readProject(paths.project, stack, { configFile, encrypted: "replace" });
  const releases = await registeredReleases(project, stack);
  const { helm: program } = await ensureTools(["helm"], paths, report);
  const kubeVersion = readGoModule(join(paths.project, "tools", "kubernetes")).requires.get("k8s.io/kubernetes") ?? "";

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
}

function parseOptions(args: string[]): { stack: string; out: string; configFile?: string } {
  const usage = "usage: npm run render -- --stack <stack> --out <folder> [--config-file <file>]";
  const string = { type: "string" } as const;
  try {
    const { values } = parseArgs({ args, options: { stack: string, out: string, "config-file": string } });
    const { stack, out, "config-file": configFile } = values;
    if (stack !== undefined && out !== undefined)
      return { stack, out, ...(configFile === undefined ? {} : { configFile }) };
  } catch {
    // Said below.
  }
  throw new UserError(usage);
}

/** The program itself says which releases there are, and with which charts and values. */
async function registeredReleases({ name: project, ...read }: PulumiProject, stack: string): Promise<ReleaseInputs[]> {
  process.chdir(read.folder);
  const config = Object.fromEntries(
    Object.entries(read.config).map(([key, value]) => [key.replace(`${project}:`, ""), value]),
  );
  const program = async () => (await import(pathToFileURL(read.program).href)) as Record<string, unknown>;
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

try {
  await render(process.argv.slice(2));
} catch (error) {
  console.error(errorLine(error));
  process.exitCode = 1;
}
