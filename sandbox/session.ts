import type { Options } from "./options.ts";
import type { SandboxPaths } from "./paths.ts";
import type { Report } from "../cli/report.ts";
import type { Summary } from "./summary.ts";

/** What every verb works with, and what it has done so far. */
export interface Session extends Summary {
  options: Options;
  paths: SandboxPaths;
  report: Report;
  /** Aborted when the user asks to stop. */
  signal: AbortSignal;
  /** Folder of the Pulumi project. */
  folder: string;
  /** Prints one line of the result. */
  print: (line: string) => void;
}
