import path from "node:path";
import { HelpShown, UsageError } from "../cli/command.ts";
import { type CommandLine, commandLines } from "../cli/commandLines.ts";
import { sendSignal } from "../cli/processes.ts";
import { errorLine, Interrupted } from "../cli/errors.ts";
import { engineHome, pulumiOf } from "./engine/home.ts";
import { acquireLock } from "./lock.ts";
import { parseOptions, type Options, usesProgram, type Verb, withOwnFlags } from "./options.ts";
import { mirrorOf } from "./ownSettings.ts";
import { sandboxPaths } from "./paths.ts";
import { checkSettings } from "../stacks/checkSettings.ts";
import { readProject } from "../settings/stackFile.ts";
import { createReport, elapsed, type Report } from "../cli/report.ts";
import type { Session } from "./session.ts";
import { jsonLine, NOTHING_DONE, type Summary } from "./summary.ts";

/** Verbs that only read, and may run beside another one. */
const READING: readonly Verb[] = ["outputs", "shell", "status", "traffic", "see", "open"];

/** Nobody asks twice on purpose in that time. */
const REPEATED_SIGNAL_MS = 500;
/** How long what is under way may take to end after a signal; a release is rolled back in that time. */
const STOP_TIMEOUT_MS = 40_000;

/**
 * Runs one verb.
 *
 * @returns the exit code: 0, 1 for a failure, 2 for a command line that cannot be understood, 130 when stopped by a signal.
 */
export async function run(argv: string[]): Promise<number> {
  const started = Date.now();
  const report = createReport();
  let options: Options;
  try {
    options = parseOptions(argv);
  } catch (error) {
    if (error instanceof HelpShown) return 0;
    report.note(`error: ${errorLine(error)}`);
    return 2;
  }
  const folder = path.resolve(options.project ?? sandboxPaths().project);
  const paths = sandboxPaths({ ...options, mirror: mirrorOf({ options, folder }) });
  const controller = new AbortController();
  const stopped = watchSignals(controller, report, `${pulumiOf(engineHome(paths))} `);
  const { stdout, stderr } = process;
  const print = (line: string) => (options.json ? stderr : stdout).write(`${withOwnFlags(line, options)}\n`);
  const printJson = (found: Summary) => stdout.write(`${jsonLine(options, found, Date.now() - started)}\n`);
  const session: Session = { options, paths, report, signal: controller.signal, folder, print, ...NOTHING_DONE };
  try {
    await Promise.race([runVerb(session), stopped]);
    if (options.json) printJson(session);
    else report.note(`${options.verb}: done in ${elapsed(Date.now() - started)}`);
    return 0;
  } catch (error) {
    // Whatever failed after a signal failed because of it.
    const reason = controller.signal.aborted ? new Interrupted() : error;
    const lines = failureLines(reason).map((line) => withOwnFlags(line, options));
    for (const line of lines) report.note(`error: ${line}`);
    if (options.json) printJson({ changes: session.changes, outputs: {}, error: lines.join("\n") });
    if (controller.signal.aborted) return 130;
    return error instanceof UsageError ? 2 : 1;
  }
}

async function runVerb(session: Session): Promise<void> {
  const { options, paths } = session;
  const { verb } = options;
  if (usesProgram(options)) await checkSettings(readProject(session.folder, options.stack, options));
  // Loaded when asked for: the SDK alone takes a second. Each file has a function of its own name.
  const { [verb]: work } = (await import(`./verbs/${verb}.ts`)) as Record<Verb, (session: Session) => Promise<void>>;
  if (READING.includes(verb) || options.action === "status") return work(session);
  const lock = acquireLock(paths.state);
  try {
    await work(session);
  } finally {
    lock.release();
  }
}

/** The program's own errors may have one line for each problem; all others are one line. */
function failureLines(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n").filter((line) => line.trim() !== "");
}

/** Rejects when what is under way does not end in time after a signal. */
function watchSignals(controller: AbortController, report: Report, engine: string): Promise<never> {
  return new Promise((_, reject) => {
    let asked = 0;
    const stop = () => {
      // A signal to the whole process group comes twice: from the sender, and passed on by npm's scripts.
      if (controller.signal.aborted && Date.now() - asked < REPEATED_SIGNAL_MS) return;
      if (controller.signal.aborted) {
        // The engine, in a process group of its own, breaks off what is under way when it is asked twice.
        const isEngine = ({ parent, command }: CommandLine) => parent === process.pid && command.startsWith(engine);
        for (const { pid } of commandLines().filter(isEngine)) sendSignal(pid, "SIGINT");
        process.exit(130);
      }
      asked = Date.now();
      report.note("stopping what is under way; once more ends it at once");
      controller.abort();
      setTimeout(() => {
        reject(new Interrupted());
      }, STOP_TIMEOUT_MS).unref();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  });
}
