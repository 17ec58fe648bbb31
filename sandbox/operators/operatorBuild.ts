import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Interrupted, UserError } from "../../cli/errors.ts";
import { failureLine, type Program } from "../../cli/daemons/program.ts";
import { removeRecord } from "../../cli/daemons/records.ts";
import { type ProgramStatus, programStatus, startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { during, type Report } from "../../cli/report.ts";
import type { SandboxPaths } from "../paths.ts";
import { findTool } from "../programs/tools.ts";

/*
 * Upstream releases the Prometheus operator as an image only, so each machine builds it once, and that takes longer than all
 * the rest of a first `up`. A process of its own builds and then runs it; `up` ends before.
 */

const name = "prometheus-operator-build";
const pollMs = 200;

/** Folder of the record and the log of the build. */
export function operatorBuildFolder(state: string): string {
  return path.join(state, "operators-build");
}

/** A build that is under way, or that has failed; undefined where there is neither. */
export function operatorBuild(state: string): ProgramStatus | undefined {
  return programStatus(operatorBuildFolder(state)).at(0);
}

/**
 * Starts the build where the program is not there yet. It goes on when this process ends.
 *
 * @param environment says where Go and its caches are, and which proxies Go is to ask
 */
export async function startOperatorBuild(
  paths: SandboxPaths,
  environment: NodeJS.ProcessEnv,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  if (operatorBuild(paths.state)?.running === true || (await findTool("prometheus-operator", paths))) return;
  await startPrograms([buildProgram(paths, environment)], operatorBuildFolder(paths.state), report, signal);
}

/** Forgets the build: it has ended well. */
export function endOperatorBuild(state: string): void {
  removeRecord(operatorBuildFolder(state), name);
}

/** Ends a build that is under way. */
export async function stopOperatorBuild(state: string, report: Report): Promise<void> {
  const folder = operatorBuildFolder(state);
  await stopPrograms(folder, report);
  rmSync(folder, { recursive: true, force: true });
}

/** Why the build failed, in one line; undefined where none has. */
export function buildFailed(build: ProgramStatus | undefined): string | undefined {
  if (build === undefined || build.running) return undefined;
  return failureLine(build, "ended", readFileSync(build.log, "utf8"), build.log);
}

/**
 * Waits for the build while it lasts.
 *
 * @throws UserError in one line when it has failed, Interrupted after a signal
 */
export async function untilOperatorIsBuilt(state: string, report: Report, signal: AbortSignal): Promise<void> {
  if (operatorBuild(state) === undefined) return;
  await during(report, "waiting for the Prometheus operator, which is built once", async () => {
    for (let build = operatorBuild(state); build !== undefined; build = operatorBuild(state)) {
      const failure = buildFailed(build);
      if (failure !== undefined) throw new UserError(failure);
      if (signal.aborted) throw new Interrupted();
      await sleep(pollMs);
    }
    return "done";
  });
}

function buildProgram(paths: SandboxPaths, environment: NodeJS.ProcessEnv): Program {
  return {
    name,
    command: process.execPath,
    args: ["--import", "./runTypeScript.mjs", "sandbox/operators/buildOperator.ts", JSON.stringify(paths)],
    env: Object.fromEntries(Object.entries(environment).flatMap(([key, value]) => (value ? [[key, value]] : []))),
    cwd: paths.project,
    files: {},
    ports: [],
    ready: [],
    url: "",
  };
}
