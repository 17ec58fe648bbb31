import type { Findings } from "../../cli/command.ts";

/** What a suite has found, and whether everything holds. */
export interface Verdict extends Findings {
  readonly holds: boolean;
}
