import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type ProgramRun, type Registered, label, runProgram } from "./program.ts";
import { stackConfig } from "./stackConfig.ts";
import { standInMirror } from "./standInMirror.ts";
import { teamProgram } from "./teamObjects.ts";

/** The stacks of the project. */
export const stacks = ["dev", "staging", "prod"] as const;

const made = new Map<string, Promise<ProgramRun>>();

/**
 * A run of the program that several tests look at: made once, with stand-ins for the artifacts. Every registration takes a
 * while, so that what does not wait for another is seen.
 *
 * @param config configuration by key without the project's prefix
 */
export function programRun(config: Readonly<Record<string, string>> = {}, stack = "test"): Promise<ProgramRun> {
  const key = JSON.stringify([config, stack]);
  const run = made.get(key) ?? startRun(config, stack);
  made.set(key, run);
  return run;
}

/** A run with the settings of a stack, as `programRun`. */
export function stackRun(stack: string): Promise<ProgramRun> {
  return programRun(stackConfig(stack), stack);
}

/** A run of team-api beside the platform of `dev`, with its own settings. */
export async function teamRun(): Promise<ProgramRun> {
  const saved = await stackRun("dev");
  const config = stackConfig("dev", "stacks/team-api");
  return inTurn(() => runProgram({ project: "team-api", stack: "dev", config, saved, program: teamProgram }));
}

/** What a few lines of a program register, such as one component. */
export function registering(program: () => unknown): Promise<ProgramRun> {
  return inTurn(() =>
    runProgram({
      config: {},
      program: () => {
        program();
        return Promise.resolve({});
      },
    }),
  );
}

/** A run of its own, with stand-ins for the artifacts, whose registrations wait as the test wants it. */
export function runHolding(
  config: Readonly<Record<string, string>>,
  hold: (label: string) => Promise<void>,
): Promise<ProgramRun> {
  return inTurn(async () => runProgram({ config: { ...config, artifactsMirror: await standInMirror() }, hold }));
}

function startRun(config: Readonly<Record<string, string>>, stack: string): Promise<ProgramRun> {
  return inTurn(async () =>
    runProgram({
      config: { ...config, artifactsMirror: await standInMirror() },
      stack,
      hold: (label) => sleep(randomDelay(label)),
    }),
  );
}

let last: Promise<unknown> = Promise.resolve();

/** The SDK's mocks are global: one run at a time. */
function inTurn(start: () => Promise<ProgramRun>): Promise<ProgramRun> {
  const run = last.then(start);
  last = run.catch(() => undefined);
  return run;
}

/** Milliseconds from 1 to 5, the same in every run: a failure can be seen again. */
function randomDelay(label: string): number {
  return 1 + ((createHash("sha256").update(label).digest()[0] ?? 0) % 5);
}

/**
 * A resource of a run.
 *
 * @throws Error when there is none, with the labels that there are
 */
export function find(run: ProgramRun, kind: string, name: string): Registered {
  const found = run.registered.find((resource) => resource.label === label(kind, name));
  if (!found) throw new Error(`no ${kind} ${name} in: ${run.registered.map((resource) => resource.label).join(", ")}`);
  return found;
}
