import { appendFileSync } from "node:fs";

/** What was sent in a case, and what the platform says of it. */
export interface Truth {
  readonly what: string;
  /** Requests, errors or samples. */
  readonly sent: number;
  readonly said: number;
}

/** `npm run verify -- truth` reads what came out; the runs of the tests only print it. */
const resultsFile = process.env["VERIFY_RESULTS"];

/** Notes a case. */
export function noteTruth(truth: Truth): void {
  const { what, sent, said } = truth;
  console.log(`      ${what}: ${sent} sent, ${said.toFixed(1)} said`);
  if (resultsFile !== undefined) appendFileSync(resultsFile, `${JSON.stringify(truth)}\n`);
}
