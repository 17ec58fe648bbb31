import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeOnce } from "../makeOnce.ts";
import type { SandboxPaths } from "../paths.ts";
import type { Report } from "../report.ts";
import { type Build, planBuild, runBuild } from "./build.ts";
import { catalog, type Tool, type ToolName } from "./catalog.ts";
import { checkGo } from "./go.ts";
import { type GoModule, isOlder, readGoModule } from "./goModule.ts";
import { findOnPath } from "./onPath.ts";

/**
 * Makes sure that programs are there in the version that tools/<module>/go.mod pins: from the cache, from PATH, or built
 * into the cache. Any number of processes may do so at once.
 *
 * @returns the absolute path of each program
 * @throws UserError when Go is missing or too old, or a build fails
 */
export async function ensureTools<Name extends ToolName>(
  names: readonly Name[],
  paths: SandboxPaths,
  report: Report,
): Promise<Record<Name, string>> {
  const files: Partial<Record<ToolName, string>> = {};
  const missing: Build[] = [];
  const modules = new Map<string, GoModule>();
  for (const name of names) {
    const tool: Tool = catalog[name];
    const module = modules.get(tool.module) ?? readGoModule(join(paths.project, "tools", tool.module));
    modules.set(tool.module, module);
    const build = planBuild(name, tool, module, paths.cache);
    // The cache first: asking a program on PATH for its version takes longer.
    const found = existsSync(build.file)
      ? build.file
      : await findOnPath(name, tool.versionArgs ?? ["--version"], build.version);
    if (found === undefined) missing.push(build);
    else files[name] = found;
  }
  if (missing.length > 0) await checkGo(highestGoVersion(missing));
  const waiting = byModule(missing);
  let started = 0;
  const work = async () => {
    for (let module = waiting.shift(); module !== undefined; module = waiting.shift()) {
      for (const build of module) {
        await buildOnce(build, `building ${build.name} (${(started += 1)} of ${missing.length})`, report);
        files[build.name as ToolName] = build.file;
      }
    }
  };
  // Linking takes one processor and half of the time.
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return files as Record<Name, string>;
}

/** More would need more memory than a small machine has. */
const AT_ONCE = 2;

/** The programs of a module one after the other, the most first: each finds compiled what the one before needed too. */
function byModule(builds: readonly Build[]): Build[][] {
  const folders = [...new Set(builds.map(({ module }) => module.folder))];
  return folders
    .map((folder) => builds.filter(({ module }) => module.folder === folder))
    .sort((one, other) => other.length - one.length);
}

async function buildOnce(build: Build, label: string, report: Report): Promise<void> {
  const folder = dirname(build.file);
  mkdirSync(folder, { recursive: true });
  const program = { path: build.file, lock: `${folder}.lock`, label, othersDo: "builds it" };
  await makeOnce(program, report, async (activity) => {
    activity.update("compiling, once for this version");
    await runBuild(build, (progress) => {
      activity.update(progress);
    });
  });
}

function highestGoVersion(builds: Build[]): string {
  return builds.map((build) => build.module.goVersion).reduce((a, b) => (isOlder(a, b) ? b : a));
}
