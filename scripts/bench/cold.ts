import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { dump, load } from "js-yaml";
import { writeLock } from "../../artifacts/lock.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { moduleVersion } from "../../sandbox/programs/build.ts";
import { catalog, type Tool, type ToolName } from "../../sandbox/programs/catalog.ts";
import { readGoModule } from "../../sandbox/programs/goModule.ts";
import { lockFileName, ownPlatform, type ReleasedName, releaseOf } from "../../artifacts/programs/releases.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { createReport } from "../../cli/report.ts";
import { telemetryTools } from "../../sandbox/telemetry/programs.ts";
import { answerRange } from "../../review/releases/rangeAnswer.ts";
import { copyProject } from "../../review/program/projectCopy.ts";
import { writeRelease } from "../../review/releases/releasedFiles.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { clusterTools } from "../../sandbox/cluster/config.ts";
import { cleanUpOnce } from "./cleanUp.ts";
import { formerCommit, writeFormerProgram } from "./formerProgram.ts";

/** Ports of the benchmark's own. */
const firstPort = 19_040;

/** What a run is of: a project's folder, and whether its programs are released somewhere. */
interface Candidate {
  readonly name: string;
  readonly folder: string;
  readonly settings?: string;
}

const work = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
const { project } = sandboxPaths();
let server: Server | undefined;
let last: { candidate: Candidate; caches: string } | undefined;

const cleanUp = cleanUpOnce(async () => {
  if (last !== undefined) await sandbox(last.candidate, last.caches, ["down"]);
  server?.close();
  // Go makes the folders of modules read-only.
  execFileSync("chmod", ["-R", "u+w", work]);
  rmSync(work, { recursive: true, force: true });
});

/**
 * Measures the first run of the sandbox with throw-away caches: built, beside commit 06fdc80, and with programs from a server of this
 * machine that has them as upstream releases them. Those are made of what is in the user's own cache.
 */
export async function benchCold({ built }: { built: boolean }): Promise<void> {
  try {
    await measure(await released());
    if (!built) return;
    const former = join(work, "former");
    writeFormerProgram(project, former);
    await measure({ name: "built", folder: project });
    await measure({ name: `built, ${formerCommit}`, folder: former });
  } finally {
    await cleanUp();
  }
}

async function measure(candidate: Candidate): Promise<void> {
  const caches = join(work, `caches-${candidate.name.replaceAll(/\W+/g, "-")}`);
  last = { candidate, caches };
  for (const [what, argv] of Object.entries({ up: ["up"], "and with --telemetry": ["up", "--telemetry"] })) {
    console.log(`${candidate.name}, ${what}: ${await sandbox(candidate, caches, argv)}`);
  }
  await sandbox(candidate, caches, ["down"]);
  last = undefined;
  const builds = join(caches, "builds");
  const lines = existsSync(builds) ? readFileSync(builds, "utf8").trim().split("\n") : [];
  console.log(
    `${candidate.name}: go built ${lines.length} programs${lines.length < 4 ? ` (${lines.join(", ")})` : ""}`,
  );
}

/** As a user runs it; what its processes took, as the shell says it. */
async function sandbox({ folder, settings }: Candidate, caches: string, argv: string[]): Promise<string> {
  const bin = join(caches, "bin");
  mkdirSync(bin, { recursive: true });
  const go = execFileSync("which", ["go"], { encoding: "utf8" }).trim();
  const count = `[ "$1" = build ] && echo "\${@: -1}" >> '${caches}/builds'`;
  writeFileSync(join(bin, "go"), `#!/usr/bin/env bash\n${count}\nexec '${go}' "$@"\n`, { mode: 0o755 });
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(caches, "programs"),
    GOCACHE: join(caches, "go"),
    GOMODCACHE: join(caches, "modules"),
    PATH: [bin, process.env["PATH"]].join(delimiter),
    // It may put folders before ours into PATH.
    BASH_ENV: "",
    TIMEFORMAT: "%R s, processor %U + %S s",
  };
  const where = ["--state", join(caches, "state"), "--port", String(firstPort)];
  const config = settings === undefined ? [] : ["--config-file", settings];
  const run = ["node", "scripts/run.mjs", "sandbox/main.ts", ...argv, ...where, ...config];
  // Not waited for in between: this process is the server.
  const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
  const { stderr } = await promisify(execFile)("bash", ["-c", 'time "$@"', "bash", ...run], options);
  return stderr.trim().split("\n").at(-1) ?? "";
}

/** A copy of the project with a list of its own, and a server with the programs as upstream lays them out. */
async function released(): Promise<Candidate> {
  const [folder, mirror] = [join(work, "released"), join(work, "mirror")];
  mkdirSync(folder);
  await copyProject(folder);
  const artifacts = (await standInMirror()).replace(/^stand-ins:/, "");
  cpSync(artifacts, mirror, { recursive: true });
  const names: ToolName[] = [...clusterTools, "pulumi", "pulumi-resource-kubernetes", ...telemetryTools];
  const files = await ensureTools([...names, "promtool", "amtool"], sandboxPaths(), createReport());
  const lock: Record<string, string> = {};
  for (const name of names) {
    const version = versionOf(catalog[name]);
    // An archive has all programs of its release.
    const beside = (Object.keys(files) as ToolName[]).filter((each) => urlOf(each, version) === urlOf(name, version));
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

function versionOf(tool: Tool): string {
  return moduleVersion(tool, readGoModule(join(project, "tools", tool.module)));
}

function urlOf(name: ToolName, version: string): string | undefined {
  const platform = ownPlatform();
  return platform && releaseOf(name, version, platform)?.url;
}
