import { createHash } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../cli/errors.ts";
import { spawnLogged } from "../../cli/spawnLogged.ts";
import { catalog, type Tool, type ToolName } from "./catalog.ts";
import { type GoModule, moduleOf, readGoModule } from "./goModule.ts";
import { buildFailure, buildProgress } from "./goOutput.ts";
import { writeStandIns } from "./standIns.ts";

/** One program to build and the place it goes to. */
export interface Build {
  name: string;
  /** As `v1.36.3`. */
  version: string;
  tool: Tool;
  module: GoModule;
  /** Value of go's `-ldflags`. */
  linkerFlags: string;
  /** The program's file; its folder's name tells version and inputs, so it is never built over. */
  file: string;
}

/**
 * The Go module whose version is a program's: of those that go.mod requires, the one that the program's package is in.
 *
 * @throws when go.mod requires none
 */
export function versionModule(tool: Pick<Tool, "package" | "versionOf">, module: GoModule): string {
  const path = tool.versionOf ?? moduleOf(tool.package, module.requires);
  if (path === undefined) throw new Error(`${module.folder}/go.mod does not require the module of ${tool.package}`);
  return path;
}

/** A program's version, as `v1.36.3`. @throws as `versionModule` */
export function moduleVersion(tool: Pick<Tool, "package" | "versionOf">, module: GoModule): string {
  return requiredVersion(versionModule(tool, module), module);
}

/** The version of a program of the catalogue, as `v1.36.3`. @param project folder of the project */
export function toolVersion(name: ToolName, project: string): string {
  const tool: Tool = catalog[name];
  return moduleVersion(tool, readGoModule(join(project, "tools", tool.module)));
}

function requiredVersion(path: string, module: GoModule): string {
  const found = module.requires.get(path);
  if (found === undefined) throw new Error(`${module.folder}/go.mod does not require ${path}`);
  return found;
}

/** Works out what to build for a program of the catalogue, without building it. */
export function planBuild(name: string, tool: Tool, module: GoModule, cache: string): Build {
  const version = moduleVersion(tool, module);
  const variables = Object.entries(tool.variables?.(version, (path) => requiredVersion(path, module)) ?? {});
  // -s -w leaves out what only a debugger needs: half the size.
  const linkerFlags = ["-s", "-w", ...variables.map(([key, value]) => `-X ${key}=${value}`)].join(" ");
  const inputs = createHash("sha256").update(module.hash).update(linkerFlags).update(tagsOf(tool));
  if (tool.manifest !== undefined) inputs.update(readFileSync(join(module.folder, tool.manifest)));
  const folder = `${name}-${version}-${inputs.digest("hex").slice(0, 8)}`;
  const file = join(cache, "tools", folder, name);
  return { name, version, tool, module, linkerFlags, file };
}

/** Value of go's `-tags`. */
function tagsOf({ tags = [] }: Tool): string {
  return tags.join(",");
}

/**
 * Builds the program into its place: into a file beside it first, then renamed, so that a program that is there is whole.
 * The caller holds the program's lock and has made its folder.
 *
 * @param onProgress gets how far the build is, in words
 * @throws UserError with the last line of go's error and the place of the whole log
 */
export async function runBuild(build: Build, onProgress: (progress: string) => void): Promise<void> {
  const { name, tool, module, file } = build;
  removeBeside(file);
  const partial = `${file}.${process.pid}`;
  const log = join(dirname(file), "build.log");
  rmSync(log, { force: true });
  const source = tool.manifest === undefined ? module.folder : `${file}.source`;
  const go = (args: readonly string[]) => runGo(args, source, log, onProgress);
  const isGenerated = tool.manifest === undefined || (await go(prepareSource(tool.manifest, module, source)));
  const isBuilt = isGenerated && (await go(await compileArguments(build, partial))) && existsSync(partial);
  if (isBuilt) renameSync(partial, file);
  removeBeside(file);
  if (!isBuilt) {
    const said = buildFailure(readFileSync(log, "utf8")) ?? "go said nothing";
    throw new UserError(`building ${name} failed: ${said}; whole log: ${log}`);
  }
}

/** What a build needs beside its program, and what a killed one left there. */
function removeBeside(file: string): void {
  const folder = dirname(file);
  for (const left of readdirSync(folder)) {
    if (left.startsWith(`${basename(file)}.`)) rmSync(join(folder, left), { recursive: true });
  }
}

/** Copies what the module pins; the arguments let the Collector Builder write the program's code beside it. */
function prepareSource(manifest: string, { folder }: GoModule, source: string): string[] {
  mkdirSync(source);
  for (const file of ["go.mod", "go.sum", manifest]) copyFileSync(join(folder, file), join(source, file));
  // The modules are go.mod's, and compiling is done as for every other program.
  return ["tool", "builder", "--config", manifest, "--skip-get-modules", "--skip-compilation"];
}

async function compileArguments({ tool, module, linkerFlags, file }: Build, output: string): Promise<string[]> {
  const flags = ["-v", "-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", linkerFlags];
  const overlaid = await writeStandIns(module, `${file}.standins`, buildEnvironment(process.env));
  return ["build", ...flags, "-tags", tagsOf(tool), "-o", output, ...overlaid, tool.package];
}

/** Runs go with its output at the end of the log; resolves to whether it could. */
async function runGo(
  args: readonly string[],
  folder: string,
  logFile: string,
  onProgress: (progress: string) => void,
): Promise<boolean> {
  const child = spawnLogged("go", args, logFile, { cwd: folder, env: buildEnvironment(process.env) });
  // A build that goes on after its run was stopped would hold up the next one.
  const stop = () => child.kill("SIGKILL");
  process.once("exit", stop);
  const watch = setInterval(() => {
    const progress = buildProgress(readFileSync(logFile, "utf8"));
    if (progress !== undefined) onProgress(progress);
  }, 1000);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return code === 0;
  } finally {
    clearInterval(watch);
    process.off("exit", stop);
  }
}

/**
 * The user's own settings for other builds (another platform, a workspace, flags) must not change these. A compiler that collects
 * its garbage less often takes a quarter less processor time.
 */
export function buildEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const clean: NodeJS.ProcessEnv = { ...environment, CGO_ENABLED: "0", GOFLAGS: "", GOGC: "400", GOWORK: "off" };
  delete clean.GOOS;
  delete clean.GOARCH;
  return clean;
}
