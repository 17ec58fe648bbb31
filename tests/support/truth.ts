import assert from "node:assert/strict";
import { noteResult } from "./verifyResults.ts";

/** What was sent in a case, and what the platform says of it. */
export interface Truth {
  readonly what: string;
  /** Requests, errors or samples; or a share in percent. */
  readonly sent: number;
  readonly said: number;
  /** How far it may be off: percent of what was sent, or percentage points of a share. @default 0 */
  readonly bound?: number;
  /** What is sent and said is a share. @default false */
  readonly share?: boolean;
}

/** How far a case is off: percent of what was sent, or percentage points of a share. */
export function deviation({ sent, said, share = false }: Truth): number {
  return share ? said - sent : (said / sent - 1) * 100;
}

/**
 * Notes a case.
 *
 * @throws when it is out of its bound
 */
export function noteTruth(truth: Truth): void {
  holdBound(truth);
  const { what, sent, said } = truth;
  console.log(`      ${what}: ${sent} sent, ${said.toFixed(1)} said`);
  noteResult(truth);
}

/** @throws when a case is out of its bound */
export function holdBound(truth: Truth): void {
  const { what, sent, said, bound = 0 } = truth;
  const off = Math.abs(deviation(truth));
  assert.ok(off <= bound, `${what}: ${said.toFixed(2)} said of ${sent.toFixed(2)}, off by more than ${bound}`);
}
