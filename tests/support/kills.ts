import { setTimeout as sleep } from "node:timers/promises";
import { engineHome } from "../../sandbox/engine/home.ts";
import { leftovers } from "../../sandbox/engine/leftovers.ts";
import type { SandboxPaths } from "../../sandbox/paths.ts";
import { type SandboxCommand, type SandboxRun, untilSays } from "./sandboxRun.ts";

/** What a run says at its first resource. */
const WORKING = /creating|updating|deleting/;

/** Starts a verb, waits until it is at its resources, and sends a signal when `until` has passed. */
export async function interrupted(
  sandbox: SandboxCommand,
  paths: SandboxPaths,
  signal: NodeJS.Signals,
  [verb, settings = {}]: [verb: string, settings?: Record<string, unknown>],
  until: () => Promise<unknown>,
): Promise<SandboxRun> {
  const [child, end] = sandbox.start(verb, settings);
  await untilSays(child, WORKING);
  await until();
  child.kill(signal);
  // The engine too: its providers live on, until the next run ends them.
  if (signal === "SIGKILL") for (const pid of leftovers(engineHome(paths)).engines) process.kill(pid, signal);
  return end;
}

/** What the kills of one verb share. */
export interface KillRuns {
  sandbox: SandboxCommand;
  paths: SandboxPaths;
  /** From 0 to below 1. */
  random: () => number;
  /** How long the verb works, in milliseconds from its first resource. */
  span: number;
  /** Into how many parts that time is divided. */
  parts: number;
  verb: string;
  settings?: Record<string, unknown>;
  /** Brings everything back to where it was before the verb. */
  undo: () => Promise<unknown>;
}

/** So often a kill may come too late before it is a fault: a machine is not always equally fast. */
const TRIES = 4;

/**
 * Kills a verb, engine included, somewhere in one part of its time. Where it was over before, it is undone and killed again,
 * at a moment between its start and the one that was too late.
 */
export async function killedInPart(runs: KillRuns, part: number): Promise<void> {
  const { sandbox, paths, random, span, parts, verb, settings, undo } = runs;
  let moment = Math.round((span * (part + random())) / parts);
  for (let tries = 1; tries <= TRIES; tries++) {
    const { code } = await interrupted(sandbox, paths, "SIGKILL", [verb, settings], () => sleep(moment));
    console.log(`      ${verb}: ${moment} ms after its first resource${code === null ? "" : ", it was over before"}`);
    if (code === null) return;
    await undo();
    moment = Math.round(moment * random());
  }
  throw new Error(`${verb} was over before it was killed, ${TRIES} times`);
}

/** How long a verb works, in milliseconds from its first resource. */
export async function workingTime(
  sandbox: SandboxCommand,
  verb: string,
  settings: Record<string, unknown> = {},
): Promise<number> {
  const [child, end] = sandbox.start(verb, settings);
  await untilSays(child, WORKING);
  const started = Date.now();
  const { code, stderr } = await end;
  if (code !== 0) throw new Error(stderr);
  return Date.now() - started;
}

/** Chance that can be had again: the same seed gives the same numbers, from 0 to below 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of a suite: SEED, where it is set. */
export function suiteSeed(): number {
  return Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));
}
