import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump, load } from "js-yaml";
import { writeLock } from "../../artifacts/lock.ts";
import type { Findings } from "../../cli/command.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { toolVersion } from "../../sandbox/programs/build.ts";
import type { ToolName } from "../../sandbox/programs/catalog.ts";
import {
  lockFileName,
  ownPlatform,
  type ReleasedName,
  releaseKey,
  releaseOf,
} from "../../artifacts/programs/releases.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { createReport } from "../../cli/report.ts";
import { telemetryTools } from "../../sandbox/telemetry/programs.ts";
import { answerRange } from "../../review/releases/rangeAnswer.ts";
import { copyProject } from "../../review/program/projectCopy.ts";
import { writeRelease } from "../../review/releases/releasedFiles.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { clusterTools } from "../../sandbox/cluster/config.ts";
import { cleanUpOnce } from "./cleanUp.ts";
import { type ColdCandidate, ColdRun } from "./coldRun.ts";
import { type ColdFigures, coldTable } from "./coldTable.ts";
import { formerCommit, writeFormerProgram } from "./formerProgram.ts";

const work = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
const { project } = sandboxPaths();
let server: Server | undefined;
let last: ColdRun | undefined;

const cleanUp = cleanUpOnce(async () => {
  await last?.sandbox("down");
  server?.close();
  // Go makes the folders of modules read-only.
  execFileSync("chmod", ["-R", "u+w", work]);
  rmSync(work, { recursive: true, force: true });
});

/** What can be measured, in the order of a run. */
const candidates = { released, built, former };
export type ColdKind = keyof typeof candidates;
export const coldKinds = Object.keys(candidates) as ColdKind[];

/**
 * Measures the first run of the sandbox with throw-away caches: with programs from a server of this machine that has them as
 * upstream releases them, all of them built, and commit 06fdc80 built. What is released is made of what is in the user's own cache.
 *
 * @param kinds what of it
 * @param write put the tables into docs/programs.md
 */
export async function benchCold(kinds: readonly ColdKind[], write: boolean): Promise<Findings> {
  try {
    const figures: ColdFigures[] = [];
    for (const kind of kinds) figures.push(await measure(await candidates[kind]()));
    const table = coldTable(figures);
    if (write) writeBlock(join(project, "docs/programs.md"), "first-run", table);
    return {
      text: table,
      json: { runs: figures.map((each) => ({ ...each, builds: Object.fromEntries(each.builds) })) },
    };
  } finally {
    await cleanUp();
  }
}

async function measure(candidate: ColdCandidate): Promise<ColdFigures> {
  const run = new ColdRun(candidate, join(work, `caches-${candidate.name.replaceAll(/\W+/g, "-")}`));
  last = run;
  const up = await run.sandbox("up");
  const telemetry = await run.sandbox("up", "--telemetry");
  await run.sandbox("down");
  last = undefined;
  return { name: candidate.name, up, telemetry, builds: run.builds() };
}

/** A clone as it comes: its packages are installed by the run itself, into itself. */
async function built(): Promise<ColdCandidate> {
  const folder = join(work, "built");
  mkdirSync(folder);
  await copyProject(folder);
  return withoutPackages({ name: "all built", folder });
}

function former(): ColdCandidate {
  const folder = join(work, "former");
  writeFormerProgram(project, folder);
  return withoutPackages({ name: `all built, ${formerCommit}`, folder });
}

/** The link to the packages of this project, which an installation would empty. */
function withoutPackages(candidate: ColdCandidate): ColdCandidate {
  rmSync(join(candidate.folder, "node_modules"));
  return candidate;
}

/** A copy of the project with a list of its own, and a server with the programs as upstream lays them out. */
async function released(): Promise<ColdCandidate> {
  const [folder, mirror] = [join(work, "released"), join(work, "mirror")];
  mkdirSync(folder);
  await copyProject(folder);
  const artifacts = (await standInMirror()).replace(/^stand-ins:/, "");
  cpSync(artifacts, mirror, { recursive: true });
  const names: ToolName[] = [
    ...clusterTools,
    "pulumi",
    "pulumi-resource-kubernetes",
    "prometheus-operator",
    ...telemetryTools,
  ];
  const files = await ensureTools([...names, "promtool", "amtool"], sandboxPaths(), createReport());
  const lock: Record<string, string> = {};
  for (const name of names) {
    const version = toolVersion(name, project);
    // An archive has all programs of its release.
    const beside = (Object.keys(files) as ToolName[]).filter((each) => keyOf(each, version) === keyOf(name, version));
    const programs = Object.fromEntries(beside.map((each) => [each, files[each]]));
    Object.assign(lock, await writeRelease(mirror, programs as Partial<Record<ReleasedName, string>>, version));
  }
  await writeLock(join(folder, lockFileName), lock);
  server = createServer((request, response) => {
    const file = join(mirror, request.url ?? "");
    if (existsSync(file)) answerRange(response, request, readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const settings = join(work, "settings.yaml");
  const { config } = load(readFileSync(join(folder, "Pulumi.dev.yaml"), "utf8")) as { config: Record<string, unknown> };
  const artifactsMirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(settings, dump({ config: { ...config, "fluffy-observability:artifactsMirror": artifactsMirror } }));
  return { name: "released", folder, settings };
}

function keyOf(name: ToolName, version: string): string | undefined {
  const platform = ownPlatform();
  const release = platform && releaseOf(name, version, platform);
  return release && releaseKey(release);
}
