import { markdownTable } from "../../cli/markdownTable.ts";
import type { SamplingFound } from "../support/samplingFound.ts";

/** What was sent, found and expected, one row a case. */
export function samplingTable(cases: readonly SamplingFound[]): string {
  return markdownTable(
    ["Case", "Sent", "Found", "Expected", ""],
    cases.map(({ what, sent, found, expected, remark = "" }) => [what, String(sent), String(found), expected, remark]),
  );
}
