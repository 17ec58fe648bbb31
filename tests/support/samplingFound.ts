import { noteResult } from "./verifyResults.ts";

/** What was sent to two tiers of collectors, and what was found of it. */
export interface SamplingFound {
  readonly what: string;
  readonly sent: number;
  readonly found: number;
  /** In words, such as `all` or `1,800 ± 121`. */
  readonly expected: string;
  /** @default "" */
  readonly remark?: string;
}

/** Notes a case, and says it. */
export function noteSampling(found: SamplingFound): void {
  const { what, sent, found: number, expected, remark = "" } = found;
  console.log(
    `      ${what}: ${sent} sent, ${number} found, expected ${expected}${remark === "" ? "" : ` (${remark})`}`,
  );
  noteResult(found);
}
