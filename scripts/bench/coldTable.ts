import { markdownTable } from "../../cli/markdownTable.ts";
import type { Builds, Cost } from "./coldRun.ts";

/** What the first run took, of one candidate. */
export interface ColdFigures {
  readonly name: string;
  readonly up: Cost;
  /** `up --telemetry` after it. */
  readonly telemetry: Cost;
  readonly builds: Builds;
}

/** What each candidate took, and what of it each program that Go built. */
export function coldTable(figures: readonly ColdFigures[]): string {
  const seconds = ({ processor, elapsed }: Cost) => [Math.round(processor), Math.round(elapsed)];
  const runs = markdownTable(
    ["First run", "`up`: CPU seconds", "seconds", "`up --telemetry` after it: CPU seconds", "seconds"],
    figures.map(({ name, up, telemetry }) => [name, ...seconds(up), ...seconds(telemetry)]),
  );
  const programs = [...new Set(figures.flatMap(({ builds }) => [...builds.keys()]))];
  const cell = (spent: number | undefined) => (spent === undefined ? "" : Math.round(spent));
  const builds = markdownTable(
    ["CPU seconds of Go", ...figures.map(({ name }) => name)],
    programs.map((program) => [`\`${program}\``, ...figures.map((each) => cell(each.builds.get(program)))]),
  );
  return programs.length === 0 ? runs : `${runs}\n\n${builds}`;
}
