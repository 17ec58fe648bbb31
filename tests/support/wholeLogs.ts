import assert from "node:assert/strict";
import type { Found } from "./logAgentRun.ts";
import type { LogTruth } from "./logTruth.ts";
import { noteResult } from "./verifyResults.ts";

/** Lines that differ. */
export const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => `line ${from + at} of a request that was answered`);

/** Insists on every line, and on few records that come twice; notes both. */
export function whole(
  what: string,
  written: number,
  { records, distinct }: Found,
  mostDoubled = 0,
  remark?: string,
): void {
  noteResult({
    ...{ what, written, found: distinct, doubled: records - distinct },
    ...(remark === undefined ? {} : { remark }),
  } satisfies LogTruth);
  assert.equal(distinct, written, what);
  assert.ok(records - distinct <= mostDoubled, `${records - distinct} records come twice`);
}
