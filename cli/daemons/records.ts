import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { writeFileAtomically } from "../files.ts";
import type { OwnedProcess } from "./ownedProcess.ts";

/** What is kept of a program that was started. */
export interface ProgramRecord extends OwnedProcess {
  name: string;
  /** When it was started, as ISO 8601. */
  since: string;
  log: string;
  /** Where people reach it; empty for a program that is not for people. */
  url: string;
  /** Of everything it was started with: another one means that it has to be started anew. */
  fingerprint: string;
}

/** The records below a folder, in the order in which the programs were started. */
export function readRecords(folder: string): ProgramRecord[] {
  try {
    return JSON.parse(readFileSync(recordsFile(folder), "utf8")) as ProgramRecord[];
  } catch {
    return [];
  }
}

/** Adds a record, or replaces the one of the same name. */
export function addRecord(folder: string, record: ProgramRecord): void {
  write(folder, [...readRecords(folder).filter(({ name }) => name !== record.name), record]);
}

/** Forgets a program. */
export function removeRecord(folder: string, name: string): void {
  write(
    folder,
    readRecords(folder).filter((record) => record.name !== name),
  );
}

function write(folder: string, records: ProgramRecord[]): void {
  if (records.length === 0) rmSync(recordsFile(folder), { force: true });
  else writeFileAtomically(recordsFile(folder), `${JSON.stringify(records, null, 2)}\n`);
}

function recordsFile(folder: string): string {
  return path.join(folder, "processes.json");
}
