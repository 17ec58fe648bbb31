import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../cli/errors.ts";
import type { Embedded, Tool } from "./catalog.ts";
import { type GoModule, moduleOf } from "./goModule.ts";
import { buildFailure, buildProgress } from "./goOutput.ts";
import { embeddedFiles, writeOverlay } from "./overlay.ts";
import { standInPackages, writeStandIns } from "./standIns.ts";

/** One program to build and the place it goes to. */
export interface Build {
  name: string;
  /** As `v1.36.3`. */
  version: string;
  package: string;
  module: GoModule;
  /** Value of go's `-ldflags`. */
  linkerFlags: string;
  /** Manifest that the program's code is generated from, in the module's folder; undefined when none is. */
  manifest: string | undefined;
  /** Files of a dependency that the module's own program embeds; undefined when it embeds none. */
  embedded: Embedded | undefined;
  /** Value of go's `-tags`. */
  tags: string;
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
  const { manifest, embedded } = tool;
  const tags = (tool.tags ?? []).join(",");
  const inputs = createHash("sha256").update(module.hash).update(linkerFlags).update(tags);
  if (manifest !== undefined) inputs.update(readFileSync(join(module.folder, manifest)));
  const folder = `${name}-${version}-${inputs.digest("hex").slice(0, 8)}`;
  const file = join(cache, "tools", folder, name);
  return { name, version, package: tool.package, module, linkerFlags, manifest, embedded, tags, file };
}

/**
 * Builds the program into its place: into a file beside it first, then renamed, so that a program that is there is whole.
 * The caller holds the program's lock and has made its folder.
 *
 * @param onProgress gets how far the build is, in words
 * @throws UserError with the last line of go's error and the place of the whole log
 */
export async function runBuild(build: Build, onProgress: (progress: string) => void): Promise<void> {
  const folder = dirname(build.file);
  removeBeside(build.file);
  const partial = `${build.file}.${process.pid}`;
  const logFile = join(folder, "build.log");
  rmSync(logFile, { force: true });
  const source = build.manifest === undefined ? build.module.folder : `${build.file}.source`;
  let code: number | null = 0;
  if (build.manifest !== undefined) code = await generate(build, build.manifest, source, logFile, onProgress);
  if (code === 0) code = await compile(build, source, partial, logFile, onProgress);
  const isBuilt = code === 0 && existsSync(partial);
  if (isBuilt) renameSync(partial, build.file);
  removeBeside(build.file);
  if (!isBuilt) {
    const said = buildFailure(readFileSync(logFile, "utf8")) ?? "go said nothing";
    throw new UserError(`building ${build.name} failed: ${said}; whole log: ${logFile}`);
  }
}

/** What a build needs beside its program, and what a killed one left there. */
function removeBeside(file: string): void {
  const folder = dirname(file);
  for (const left of readdirSync(folder)) {
    if (left.startsWith(`${basename(file)}.`)) rmSync(join(folder, left), { recursive: true });
  }
}

/** Lets the Collector Builder write the program's code, in a copy of what the module pins. */
function generate(
  build: Build,
  manifest: string,
  source: string,
  logFile: string,
  onProgress: (progress: string) => void,
): Promise<number | null> {
  mkdirSync(source);
  for (const file of ["go.mod", "go.sum", manifest]) copyFileSync(join(build.module.folder, file), join(source, file));
  // The modules are go.mod's, and compiling is done as for every other program.
  const args = ["tool", "builder", "--config", manifest, "--skip-get-modules", "--skip-compilation"];
  return go(args, source, logFile, onProgress);
}

async function compile(
  build: Build,
  source: string,
  output: string,
  logFile: string,
  onProgress: (progress: string) => void,
): Promise<number | null> {
  const args = [
    "build",
    "-v",
    "-mod=readonly",
    "-buildvcs=false",
    "-trimpath",
    "-ldflags",
    build.linkerFlags,
    "-tags",
    build.tags,
    "-o",
    output,
  ];
  const overlaid = await overlayArguments(build, source);
  return go([...args, ...overlaid, build.package], source, logFile, onProgress);
}

/** What lets go see files where they do not lie; beside the program's own file, and cleared away with it. */
async function overlayArguments({ embedded, module, file }: Build, source: string): Promise<string[]> {
  const env = buildEnvironment(process.env);
  if (standInPackages(module).length > 0) return writeStandIns(module, `${file}.standins`, env);
  if (embedded === undefined) return [];
  const overlay = `${file}.overlay`;
  writeOverlay(await embeddedFiles(embedded, source, env), overlay);
  return ["-overlay", overlay];
}

/** Runs go with its output at the end of the log file; resolves to the exit code. */
function go(
  args: string[],
  folder: string,
  logFile: string,
  onProgress: (progress: string) => void,
): Promise<number | null> {
  const log = openSync(logFile, "a");
  const child = spawn("go", args, {
    cwd: folder,
    env: buildEnvironment(process.env),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  // A build that goes on after its run was stopped would hold up the next one.
  const stop = () => child.kill("SIGKILL");
  process.once("exit", stop);
  const watch = setInterval(() => {
    const progress = buildProgress(readFileSync(logFile, "utf8"));
    if (progress !== undefined) onProgress(progress);
  }, 1000);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  }).finally(() => {
    clearInterval(watch);
    process.off("exit", stop);
  }) as Promise<number | null>;
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
