import { markdownTable } from "../../cli/markdownTable.ts";

/** What mocha's JSON reporter writes, as far as it is looked at. */
export interface MochaResult {
  stats: Pick<SuiteResult, "passes" | "failures" | "pending" | "duration">;
  failures: { fullTitle: string; err: { message?: string } }[];
}

/** How the tests of one file ended. */
export interface SuiteResult {
  file: string;
  passes: number;
  failures: number;
  pending: number;
  /** In milliseconds. */
  duration: number;
}

/** What was verified, and where. */
export interface VerifiedRun {
  date: string;
  commit: string;
  /** Whether the files were not those of the commit. */
  isChanged: boolean;
  seed: string;
  kills: string;
  platformKills: string;
  cores: number;
}

/** The results as a Markdown table with what it takes to have them again. */
export function reliabilityTable(results: readonly SuiteResult[], run: VerifiedRun): string {
  const { date, commit, isChanged, seed, kills, platformKills, cores } = run;
  const rows = results.map(({ file, passes, failures, pending, duration }) => [
    `\`${file}\``,
    ...[passes, failures, pending, Math.round(duration / 1000)],
  ]);
  return [
    `${date}, commit ${commit}${isChanged ? " with changes" : ""}, ${cores} cores, seed ${seed}; ${kills} kills of \`up\` and of \`destroy\` of the small program, ${platformKills} each of the platform.`,
    "",
    markdownTable(["Tests", "Passed", "Failed", "Skipped", "Seconds"], rows),
  ].join("\n");
}
