import { appendFileSync } from "node:fs";

const file = process.env["VERIFY_RESULTS"];

/** Whether `npm run verify` runs the tests: it takes more time, and makes a table of what they find. */
export function isVerified(): boolean {
  return file !== undefined;
}

/** Keeps what was found for that table; other runs of the tests keep nothing. */
export function noteResult(found: object): void {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(found)}\n`);
}
