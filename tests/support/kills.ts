import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { engineHome } from "../../sandbox/engine/home.ts";
import { leftovers } from "../../sandbox/engine/leftovers.ts";
import type { SandboxPaths } from "../../sandbox/paths.ts";
import { seededRandom } from "./seededRandom.ts";
import { type SandboxCommand, type SandboxRun, untilSays } from "./sandboxRun.ts";

/** What a run says at its first resource. */
const WORKING = /creating|updating|deleting/;
/** What it says of each resource. */
const DONE = /^(?:creating|updating|deleting) .*: done /gm;

/** Starts a verb, waits until it is at its resources, and sends a signal when `until` has passed. */
export async function interrupted(
  sandbox: SandboxCommand,
  paths: SandboxPaths,
  signal: NodeJS.Signals,
  [verb, settings = {}]: [verb: string, settings?: Record<string, unknown>],
  until: (child: ChildProcess) => Promise<unknown>,
): Promise<SandboxRun> {
  const [child, end] = sandbox.start(verb, settings);
  const reached = until(child);
  await untilSays(child, WORKING);
  await reached;
  child.kill(signal);
  // The engine too: its providers live on, until the next run ends them.
  if (signal === "SIGKILL") for (const pid of leftovers(engineHome(paths)).engines) process.kill(pid, signal);
  return end;
}

/** What the kills of one verb share. */
export interface KillRuns {
  sandbox: SandboxCommand;
  paths: SandboxPaths;
  /** The same one kills again at the same moments, as far as the machine is as fast. */
  seed: number;
  /** How many resources the verb works on. */
  resources: number;
  /** Into how many parts that work is divided. */
  parts: number;
  verb: string;
  settings?: Record<string, unknown>;
  /** Brings everything back to where it was before the verb. */
  undo: () => Promise<unknown>;
}

/** So often a kill may come too late before it is a fault. */
const TRIES = 4;
/** A kill comes at most so long after a resource is done: while the next ones are under way. */
const AFTER_RESOURCE_MS = 1500;

/**
 * Kills a verb, engine included, somewhere in one part of its work: a while after a resource that chance decides on is done. The
 * work and not the time is divided, since a busy machine is not always equally fast. Where the verb was over before, it is
 * undone and killed again, earlier.
 */
export async function killedInPart(runs: KillRuns, part: number): Promise<void> {
  const { sandbox, paths, seed, resources, parts, verb, settings, undo } = runs;
  // Numbers of its own: how often another part was tried shifts none of them.
  const random = seededRandom(seed + 1000 * verb.length + part);
  let done = Math.floor((resources * (part + random())) / parts);
  for (let tries = 1; tries <= TRIES; tries++) {
    const wait = Math.round((random() * AFTER_RESOURCE_MS) / tries);
    const { code } = await interrupted(sandbox, paths, "SIGKILL", [verb, settings], async (child) => {
      await untilDone(child, done);
      await sleep(wait);
    });
    const over = code === null ? "" : ", it was over before";
    console.log(`      ${verb}: ${wait} ms after ${done} of ${resources} resources${over}`);
    if (code === null) return;
    await undo();
    done = Math.floor(done * random());
  }
  throw new Error(`${verb} was over before it was killed, ${TRIES} times`);
}

/** Resolves when so many resources of a started run are done, or the run has ended. */
function untilDone(child: ChildProcess, count: number): Promise<void> {
  return new Promise((resolve) => {
    let said = "";
    child.stderr?.on("data", (text: string) => {
      said += text;
      if ((said.match(DONE)?.length ?? 0) >= count) resolve();
    });
    child.on("close", () => {
      resolve();
    });
    if (count === 0) resolve();
  });
}

/** The seed of a suite: SEED, where it is set. */
export function suiteSeed(): number {
  return Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));
}
