import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Interrupted, UserError } from "../errors.ts";
import { writeFileAtomically } from "../files.ts";
import { spawnLogged } from "../spawnLogged.ts";
import { checkFree } from "../ports.ts";
import { endProcess, identify } from "./ownedProcess.ts";
import { failureLine, fingerprint, type Program } from "./program.ts";
import { addRecord, type ProgramRecord, removeRecord } from "./records.ts";

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 100;
/** The threads of a program that has just ended may hold its port a moment longer. */
const PORT_PATIENCE_MS = 1000;

/**
 * Starts a program and waits until it answers. It goes on when this process ends.
 *
 * @param folder state folder: its files, its log and the record of it
 * @param signal aborted when the user asks to stop
 * @param onWait gets what is waited for
 * @throws UserError when a port is taken, or it ends or does not answer, Interrupted after a signal; nothing of it is
 *   left running.
 */
export async function launch(
  program: Program,
  folder: string,
  signal: AbortSignal,
  onWait: (detail: string) => void,
): Promise<ProgramRecord> {
  for (const port of program.ports) {
    await checkFree(port, { name: program.name, wayOut: "end that program first" }, PORT_PATIENCE_MS);
  }
  for (const [file, content] of Object.entries(program.files)) writeFileAtomically(path.join(folder, file), content);
  const log = path.join(folder, "logs", `${program.name}.log`);
  // Of this start only.
  rmSync(log, { force: true });
  const child = spawnLogged(program.command, program.args, log, {
    cwd: program.cwd ?? folder,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...program.env },
    // A session of its own: Ctrl-C in this terminal is not for it.
    detached: true,
  });
  const failure = watch(child);
  // At once, not at Node's event: a run that is killed in between would leave a program that the next one does not know.
  const owned = child.pid === undefined ? undefined : identify(child.pid);
  if (owned === undefined) throw failed(program, await failure, log);
  const record = {
    ...owned,
    name: program.name,
    since: new Date().toISOString(),
    log,
    url: program.url,
    fingerprint: fingerprint(program),
  };
  try {
    addRecord(folder, record);
    await waitUntilReady(program, failure, signal, onWait, log);
  } catch (error) {
    await endProcess(record);
    removeRecord(folder, program.name);
    throw error;
  }
  child.removeAllListeners();
  child.unref();
  return record;
}

/** Resolves when the program cannot be started or has ended, to what happened. */
function watch(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve(`cannot be started: ${error.message}`);
    });
    child.once("exit", (code, signal) => {
      resolve(code === null ? `was ended by ${signal ?? "a signal"}` : `ended with code ${code}`);
    });
  });
}

async function waitUntilReady(
  program: Program,
  failure: Promise<string>,
  signal: AbortSignal,
  onWait: (detail: string) => void,
  log: string,
): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (const url of program.ready) {
    onWait(`waiting for ${url}`);
    while (!(await answers(url))) {
      const ended = await Promise.race([failure, sleep(POLL_MS)]);
      if (ended !== undefined) throw failed(program, ended, log);
      if (signal.aborted) throw new Interrupted();
      if (Date.now() > deadline)
        throw failed(program, `did not answer at ${url} within ${READY_TIMEOUT_MS / 1000} s`, log);
    }
  }
}

/** Whether the program answers at all its URLs right now. */
export async function isReady(program: Program): Promise<boolean> {
  return (await Promise.all(program.ready.map(answers))).every(Boolean);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function failed(program: Program, what: string, log: string): UserError {
  return new UserError(failureLine(program, what, existsSync(log) ? readFileSync(log, "utf8") : "", log));
}
