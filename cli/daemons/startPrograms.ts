import { during, type Report } from "../report.ts";
import { isReady, launch } from "./launch.ts";
import { endProcess, isOurs } from "./ownedProcess.ts";
import { fingerprint, type Program } from "./program.ts";
import { type ProgramRecord, readRecords, removeRecord } from "./records.ts";

/**
 * Starts the programs in their order; what runs already as it should is left alone.
 *
 * @param folder where their files, logs and the records of them are
 * @param signal aborted when the user asks to stop
 * @throws UserError when one does not start, Interrupted after a signal: those started by this call are ended again.
 */
export async function startPrograms(
  programs: readonly Program[],
  folder: string,
  report: Report,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const records = readRecords(folder);
  const keep = new Set<string>();
  for (const program of programs) {
    const record = records.find(({ name }) => name === program.name);
    if (record === undefined || record.fingerprint !== fingerprint(program) || !isOurs(record)) continue;
    // One that was left by an interrupted start may not answer, and never will.
    if (await isReady(program)) keep.add(program.name);
  }
  // First end what changed, so that ports are free before anything starts.
  for (const record of records.toReversed()) if (!keep.has(record.name)) await end(record, folder);
  const started: ProgramRecord[] = [];
  try {
    for (const program of programs.filter(({ name }) => !keep.has(name))) {
      await during(report, `starting ${program.name}`, async ({ update }) => {
        started.push(await launch(program, folder, signal, update));
        return program.url === "" ? "ready" : `ready at ${program.url}`;
      });
    }
  } catch (error) {
    for (const record of started.toReversed()) await end(record, folder);
    throw error;
  }
}

/** Ends the programs, the last one started first; one that is no longer ours is only forgotten. */
export async function stopPrograms(folder: string, report: Report): Promise<void> {
  for (const record of readRecords(folder).toReversed()) {
    await during(report, `stopping ${record.name}`, async () => {
      const ran = isOurs(record);
      await end(record, folder);
      return ran ? "stopped" : "was not running";
    });
  }
}

/** The state of one program. */
export interface ProgramStatus extends ProgramRecord {
  running: boolean;
}

/** What was started, and whether it still runs. */
export function programStatus(folder: string): ProgramStatus[] {
  return readRecords(folder).map((record) => ({ ...record, running: isOurs(record) }));
}

async function end(record: ProgramRecord, folder: string): Promise<void> {
  await endProcess(record);
  removeRecord(folder, record.name);
}
