import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { releaseDescription } from "../components/operators/releaseDescription.ts";
import { UserError } from "../cli/errors.ts";
import { clusterOf } from "./cluster.ts";
import { runCommand } from "./command.ts";
import type { ExportedState } from "./deployment.ts";
import { fileBackend } from "./fileBackend.ts";
import { holderOf, isDead, locksIn } from "./locks.ts";
import { refuseOtherCluster } from "./otherCluster.ts";
import { planRecovery } from "./plan.ts";
import { survivingProviders } from "./providers.ts";
import { restoreState, tornLine, tornStates } from "./tornState.ts";
import { planUnknown } from "./unknown.ts";

/** Whose broken-off run is to be ended. */
export interface RecoverOptions {
  /** The engine, as a path or a name on PATH. */
  pulumi: string;
  /** kubectl, likewise. */
  kubectl: string;
  /** Context of the kubeconfig; "" is the current one. */
  context: string;
  /** Folder of the Pulumi project. */
  folder: string;
  /** Name of that project. */
  project: string;
  stack: string;
  /** The command that cancels a lock, as its caller would type it. */
  cancel: string;
  /** Do it, instead of only saying what would be done. */
  yes: boolean;
  print: (line: string) => void;
}

/** What was broken off. */
export interface Recovery {
  /** Context of the kubeconfig that was looked at; missing where none is current. */
  readonly context?: string;
  /** What was, or would be, done: a line each. */
  readonly steps: readonly string[];
  /** What else is to be known: a line each. */
  readonly notes: readonly string[];
}

/**
 * Ends a run that was broken off well: takes away the lock of a process that is gone, puts a copy in the place of a torn state, repairs Helm's records of the releases
 * it was at, and brings the state in line with what is there.
 *
 * @returns what is printed, too
 * @throws UserError when a run may still be at work, or pulumi or kubectl fails
 */
export async function recover(options: RecoverOptions): Promise<Recovery> {
  const { folder, project, stack, yes } = options;
  const pulumi = (...args: string[]) => runCommand(options.pulumi, [...args, "--non-interactive"], folder);
  const cluster = clusterOf(options.kubectl, options.context);
  const context = await cluster.context();
  options.print(`cluster: ${context === undefined ? "no context is current" : `context ${context}`}`);
  const [steps, notes]: [string[], string[]] = [[], []];
  const found: Recovery = { ...(context === undefined ? {} : { context }), steps, notes };
  const tell = (lines: readonly string[], kind: string[]) => {
    kind.push(...lines);
    for (const line of lines) options.print(line);
  };

  const backend = await fileBackend(pulumi, folder);
  const locks = backend === undefined ? [] : locksIn(backend, project, stack);
  const isOfStack = (each: { project: string; stack: string }) => each.project === project && each.stack === stack;
  const held = locks.find((lock) => !isDead(lock));
  if (held !== undefined) {
    throw new UserError(
      `stack ${stack} is locked by ${holderOf(held)}: wait for it, or, where it is gone, run "${options.cancel}" first`,
    );
  }
  tell(
    locks.map((lock) => `lock of ${holderOf(lock)}, which is gone: cancel it`),
    steps,
  );

  if (backend === undefined) {
    tell([`note: only pulumi can read this backend's locks: see that no run of stack ${stack} is under way`], notes);
  }
  const torn = backend === undefined ? undefined : tornStates(backend).find(isOfStack);
  if (torn !== undefined) {
    tell([tornLine(torn)], steps);
    // What else there is shows in the state that comes back.
    if (!yes) return found;
    restoreState(torn);
  }

  const work = mkdtempSync(path.join(tmpdir(), "fluffy-observability-recover-"));
  try {
    const file = path.join(work, "state.json");
    await pulumi("stack", "export", "--stack", stack, "--file", file);
    const state = JSON.parse(readFileSync(file, "utf8")) as ExportedState;
    const isBroken = locks.length > 0 || torn !== undefined || (state.deployment.pending_operations ?? []).length > 0;
    if (isBroken) refuseSurvivors();
    // A copy may be older than the end of what it has.
    if (torn === undefined) await refuseOtherCluster(state, stack, cluster);
    const releases = await cluster.releases();
    const mark = releaseDescription(project, stack);
    const plan = await planRecovery(state, mark, releases, cluster);
    const unknown = await planUnknown(state, mark, releases, cluster);
    tell([...plan.lines, ...unknown.lines], steps);
    tell(unknown.reports, notes);
    if (!yes) return found;
    if (locks.length > 0) await pulumi("cancel", "--yes", "--stack", stack);
    if (plan.lines.length > 0 || unknown.records.length > 0) {
      // First: it takes the lock, where nothing else says whether a run is under way. Broken off after it, recovery finds what is left to
      // do by the records themselves: those of a release in the state that are pending, and releases that the state does not know.
      writeFileSync(file, JSON.stringify(plan.state), { mode: 0o600 });
      await pulumi("stack", "import", "--stack", stack, "--file", file);
    }
    for (const change of [...plan.records, ...unknown.records]) await cluster.change(change);
    return found;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What such a provider does to a release would be taken for the end of it. */
function refuseSurvivors(): void {
  const pids = survivingProviders().join(" ");
  if (pids === "") return;
  throw new UserError(
    `a provider that outlived its engine may still be at work (process ${pids}): wait until it has ended, or run "kill ${pids}", and recover then`,
  );
}
