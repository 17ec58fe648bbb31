import { markdownTable } from "../../cli/markdownTable.ts";
import { formerCommit } from "./formerProgram.ts";

/** What was measured of a stack. */
export interface ProdFigures {
  /** Seconds that `up` takes with an empty cluster. */
  readonly up: number;
  /** Seconds that the preview after it takes, which changes nothing. */
  readonly preview: number;
  /** How many resources the stack has. */
  readonly resources: number;
}

/** How it was measured. */
export interface ProdConditions {
  readonly rounds: number;
  readonly artifacts: string;
  readonly node: string;
}

/** The table of `npm run bench -- prod`, with a line on how it was measured. */
export function prodTable(
  { former, present }: Readonly<Record<"former" | "present", ProdFigures>>,
  { rounds, artifacts, node }: ProdConditions,
): string {
  const row = (what: string, key: keyof ProdFigures, shown: (figure: number) => string) => {
    return [what, shown(former[key]), shown(present[key]), (present[key] / former[key]).toFixed(2)];
  };
  const seconds = (figure: number) => `${figure.toFixed(1)} s`;
  const table = markdownTable(
    ["Stack prod", formerCommit, "now, everything on", "Ratio"],
    [
      row("`up` into an empty cluster", "up", seconds),
      row("`preview`, nothing changed", "preview", seconds),
      row("resources", "resources", String),
    ],
  );
  return `${table}\n\nMedians of ${rounds} rounds in turns, ${artifacts}, Node ${node}.`;
}
