import type { LogTruth } from "../support/logTruth.ts";

/** What was written and what was found of it, one row a case. */
export function logsTable(cases: readonly LogTruth[]): string {
  return [
    "| Case | Lines written | Found | Records beyond | |",
    "| --- | --- | --- | --- | --- |",
    ...cases.map(
      ({ what, written, found, doubled, remark = "" }) =>
        `| ${what} | ${written} | ${found} | ${doubled} | ${remark} |`,
    ),
  ].join("\n");
}
