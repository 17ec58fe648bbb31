import { setTimeout as sleep } from "node:timers/promises";
import { type CommandLine, commandLines } from "../../cli/commandLines.ts";
import { survivingProviders } from "../../recovery/providers.ts";
import { sendSignal } from "../../cli/processes.ts";
import type { Report } from "../../cli/report.ts";
import type { EngineHome } from "./home.ts";

/** The engine lets what is under way end; a release that is rolled back may take that long. */
const GRACE_MS = 40_000;
const POLL_MS = 100;

/** Processes of runs that were killed. */
export interface Leftovers {
  /** Engines: nobody waits for their result any more. */
  engines: number[];
  /** Providers whose engine is gone: what they still do, such as installing a release, nobody writes down. */
  providers: number[];
}

/**
 * Finds what killed runs have left. Programs are known by their paths: a `pulumi` that a user has started is called by its
 * name, and its providers have it as their parent.
 *
 * @param processes all processes of the machine
 */
export function leftovers({ home }: EngineHome, processes: readonly CommandLine[] = commandLines()): Leftovers {
  return {
    engines: processes.filter(({ command }) => command.startsWith(`${home}/bin/pulumi `)).map(({ pid }) => pid),
    providers: survivingProviders(home, processes),
  };
}

/** Ends what killed runs have left; the caller holds the sandbox's lock, so no run of its own is among them. */
export async function endLeftovers(engine: EngineHome, report: Report): Promise<void> {
  const { engines } = leftovers(engine);
  await end(engines, "SIGINT", () => leftovers(engine).engines, report);
  // Only now: the engine ends its providers itself.
  await end(leftovers(engine).providers, "SIGKILL", () => leftovers(engine).providers, report);
}

async function end(
  pids: readonly number[],
  signal: NodeJS.Signals,
  left: () => readonly number[],
  report: Report,
): Promise<void> {
  if (pids.length === 0) return;
  const activity = report.activity(`ending process ${pids.join(", ")}, which a killed run has left`);
  for (const pid of pids) sendSignal(pid, signal);
  const deadline = Date.now() + GRACE_MS;
  while (left().length > 0) {
    if (Date.now() > deadline) for (const pid of left()) sendSignal(pid, "SIGKILL");
    await sleep(POLL_MS);
  }
  activity.done();
}
