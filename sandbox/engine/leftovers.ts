import { type CommandLine, commandLines } from "../../cli/commandLines.ts";
import { survivingProviders } from "../../recovery/providers.ts";
import { poll } from "../../cli/poll.ts";
import { sendSignal } from "../../cli/processes.ts";
import { during, type Report } from "../../cli/report.ts";
import { type EngineHome, pulumiOf } from "./home.ts";

/** The engine lets what is under way end; a release that is rolled back may take that long. */
const GRACE_MS = 40_000;
const POLL_MS = 100;

/**
 * Finds what killed runs have left: engines, whose result nobody waits for any more, and providers without one. Programs are known by their paths: a `pulumi` that a user has started is called by its
 * name, and its providers have it as their parent.
 *
 * @param processes all processes of the machine
 */
export function leftovers(engine: EngineHome, processes: readonly CommandLine[] = commandLines()) {
  return {
    // One that only reads may be that of a verb beside this one.
    engines: processes
      .filter(({ command }) => command.startsWith(`${pulumiOf(engine)} `) && !command.includes(" stack output "))
      .map(({ pid }) => pid),
    providers: survivingProviders(engine.home, processes),
  };
}

/** Ends what killed runs have left; the caller holds the sandbox's lock, so no run of its own is among them. */
export async function endLeftovers(engine: EngineHome, report: Report): Promise<void> {
  await end(() => leftovers(engine).engines, "SIGINT", report);
  // Only now: the engine ends its providers itself.
  await end(() => leftovers(engine).providers, "SIGKILL", report);
}

async function end(find: () => readonly number[], signal: NodeJS.Signals, report: Report): Promise<void> {
  const pids = find();
  if (pids.length === 0) return;
  await during(report, `ending process ${pids.join(", ")}, which a killed run has left`, async () => {
    for (const pid of pids) sendSignal(pid, signal);
    while (!(await poll(() => find().length === 0, GRACE_MS, POLL_MS)))
      for (const pid of find()) sendSignal(pid, "SIGKILL");
  });
}
