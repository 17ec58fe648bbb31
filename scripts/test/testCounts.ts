import { stripVTControlCharacters } from "node:util";

/** How many tests ended how. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Tests that say of themselves that they ran against stand-ins for the operators' artifacts. */
  standIns: number;
}

/**
 * The counts in what mocha printed: its closing lines are "12 passing (3s)", "1 pending" and "2 failing".
 *
 * @param succeeded whether mocha itself said so: a run that broke down without a count is one failure
 */
export function countsOfMocha(output: string, succeeded: boolean): Counts {
  const lines = stripVTControlCharacters(output).split("\n");
  // The last ones count: a test may print such lines itself.
  const start = lines.findLastIndex((line) => /^ *\d+ passing \(.*\)$/.test(line));
  const closing = start === -1 ? [] : lines.slice(start);
  const count = (word: string) => {
    const line = closing.find((candidate) => new RegExp(`^ *\\d+ ${word}\\b`).test(candidate));
    return line === undefined ? 0 : Number.parseInt(line, 10);
  };
  const failed = count("failing");
  return {
    passed: count("passing"),
    failed: failed === 0 && !succeeded ? 1 : failed,
    skipped: count("pending"),
    standIns: lines.reduce(
      (sum, line) => sum + Number(/^ *(\d+) tests ran against stand-ins$/.exec(line)?.[1] ?? 0),
      0,
    ),
  };
}

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    standIns: a.standIns + b.standIns,
  };
}

/** As `12 passed, 0 failed, 1 skipped`. */
export function formatCounts({ passed, failed, skipped }: Omit<Counts, "standIns">): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
