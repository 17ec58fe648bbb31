import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { projectFolder } from "./markdown.ts";

/** A step of a job or of a composite action. */
export interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A job, as far as tests look into it. */
export interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly "max-parallel"?: number; readonly matrix: { readonly stack: readonly string[] } };
  readonly steps: readonly Step[];
}

/** A workflow, as far as tests look into it. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean | string };
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(projectFolder, ".github/workflows");

/** The workflows by name. */
export function workflows(): Map<string, Workflow> {
  return new Map(
    readdirSync(folder).map((file) => [
      file.replace(/\.yml$/, ""),
      load(readFileSync(join(folder, file), "utf8")) as Workflow,
    ]),
  );
}

/**
 * The command of the one step of a workflow that has this in it.
 *
 * @throws Error when there is none, or more than one
 */
export function commandOf(workflow: string, part: string): string {
  const jobs = Object.values(workflows().get(workflow)?.jobs ?? {});
  const found = jobs.flatMap(({ steps }) => steps).flatMap(({ run }) => (run?.includes(part) ? [run] : []));
  const [command] = found;
  if (command === undefined || found.length > 1) throw new Error(`${found.length} steps of ${workflow} run "${part}"`);
  return command;
}

/** Runs a step's command as GitHub's runners do, in the project's folder. */
export function runStep(command: string, env: Readonly<Record<string, string>>) {
  const { HOME = "" } = process.env;
  return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", command], {
    cwd: projectFolder,
    encoding: "utf8",
    env: { HOME, CI: "true", ...env },
  });
}
