import { appendFileSync } from "node:fs";

/** What was written and what was found of it. */
export interface LogTruth {
  readonly what: string;
  readonly written: number;
  /** Lines that were found, each once. */
  readonly found: number;
  /** Records beyond these. */
  readonly doubled: number;
  readonly remark?: string;
}

/** Keeps a case for the table that `npm run verify -- logs` makes. */
export function noteLogs(truth: LogTruth): void {
  const file = process.env.VERIFY_RESULTS;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(truth)}\n`);
}
