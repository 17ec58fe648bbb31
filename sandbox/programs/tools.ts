import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { readLock } from "../../artifacts/lock.ts";
import { type Download, downloadAll, planDownload } from "../../artifacts/programs/download.ts";
import { lockFileName, type ReleasedName } from "../../artifacts/programs/releases.ts";
import { makeOnce } from "../../cli/makeOnce.ts";
import type { SandboxPaths } from "../paths.ts";
import type { Report } from "../../cli/report.ts";
import { type Build, planBuild, runBuild } from "./build.ts";
import { catalog, type Tool, type ToolName } from "./catalog.ts";
import { checkGo } from "./go.ts";
import { type GoModule, isOlder, readGoModule } from "./goModule.ts";
import { findOnPath } from "./onPath.ts";
import { Slots } from "./slots.ts";

/** A program that is not there, and how it can be had. */
interface Missing {
  build: Build;
  /** Undefined where its release has no recorded checksum, or it must be built. */
  download: Download | undefined;
}

/**
 * Makes sure that programs are there in the version that tools/<module>/go.mod pins: from the cache, from PATH, as upstream
 * released them where programs.lock.json has their checksum, or built. Any number of processes may do so at once.
 *
 * @returns the absolute path of each program
 * @throws UserError when a download is not what is recorded, Go is missing or too old, or a build fails
 */
export async function ensureTools<Name extends ToolName>(
  names: readonly Name[],
  paths: SandboxPaths,
  report: Report,
): Promise<Record<Name, string>> {
  const files: Partial<Record<ToolName, string>> = {};
  const missing: Missing[] = [];
  const modules = new Map<string, GoModule>();
  const lock = await readLock(join(paths.project, lockFileName));
  const fromSource = paths.programs?.fromSource === true;
  for (const name of names) {
    const tool: Tool = catalog[name];
    const module = modules.get(tool.module) ?? readGoModule(join(paths.project, "tools", tool.module));
    modules.set(tool.module, module);
    const build = planBuild(name, tool, module, paths.cache);
    const download = fromSource ? undefined : planDownload(name, build.version, lock, paths.cache);
    // The cache first: asking a program on PATH for its version takes longer.
    const found =
      [build.file, ...(download === undefined ? [] : [download.fileOf(name)])].find((file) => existsSync(file)) ??
      (fromSource ? undefined : await findOnPath(name, tool.versionArgs ?? ["--version"], build.version));
    if (found === undefined) missing.push({ build, download });
    else files[name] = found;
  }
  const downloads = missing.flatMap(({ download }) => download ?? []);
  const buildThose = (which: (each: Missing) => boolean) =>
    buildAll(
      missing.filter(which).map(({ build }) => build),
      report,
    );
  const [refused] = await Promise.all([
    downloadAll(downloads, sourceOf(paths), report),
    buildThose(({ download }) => download === undefined),
  ]);
  await buildThose(({ download }) => download !== undefined && refused.has(download.key));
  for (const { build, download } of missing) {
    const name = build.name as ToolName;
    files[name] = download === undefined || refused.has(download.key) ? build.file : download.fileOf(name);
  }
  return files as Record<Name, string>;
}

/** A program that upstream releases and nobody builds here; undefined where its checksum is not recorded or it cannot be had. */
export async function ensureReleased(
  name: ReleasedName,
  paths: SandboxPaths,
  report: Report,
): Promise<string | undefined> {
  if (paths.programs?.fromSource === true) return undefined;
  const download = planDownload(name, "", await readLock(join(paths.project, lockFileName)), paths.cache);
  if (download === undefined || existsSync(download.fileOf(name))) return download?.fileOf(name);
  const refused = await downloadAll([download], sourceOf(paths), report);
  return refused.size === 0 ? download.fileOf(name) : undefined;
}

function sourceOf({ cache, programs }: SandboxPaths) {
  return { cache, mirror: programs?.mirror ?? "" };
}

async function buildAll(builds: readonly Build[], report: Report): Promise<void> {
  if (builds.length === 0) return;
  await checkGo(highestGoVersion(builds));
  let started = 0;
  const all = builds.map((build) =>
    slotOf(build.module).use(() =>
      buildOnce(build, `building ${build.name} (${(started += 1)} of ${builds.length})`, report),
    ),
  );
  await Promise.all(all);
}

/** Linking takes one processor and half of the time. More builds at once would need more memory than a small machine has. */
const slots = new Slots(2);

const slotsOfModules = new Map<string, Slots>();

/** The programs of a module one after the other, whoever asks for them: each finds compiled what the one before needed too. */
function slotOf({ folder }: GoModule): Slots {
  const slot = slotsOfModules.get(folder) ?? new Slots(1);
  slotsOfModules.set(folder, slot);
  return slot;
}

async function buildOnce(build: Build, label: string, report: Report): Promise<void> {
  const folder = dirname(build.file);
  mkdirSync(folder, { recursive: true });
  const program = { path: build.file, lock: `${folder}.lock`, label, othersDo: "builds it" };
  await makeOnce(program, report, async (activity) => {
    activity.update("waiting for another build");
    await slots.use(async () => {
      activity.update("compiling, once for this version");
      await runBuild(build, activity.update);
    });
  });
}

function highestGoVersion(builds: readonly Build[]): string {
  return builds.map((build) => build.module.goVersion).reduce((a, b) => (isOlder(a, b) ? b : a));
}
