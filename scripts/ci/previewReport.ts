import { blockLimit, foldedBlock } from "../../review/diff/markdown.ts";

/** What `pulumi preview` or `pulumi refresh` gave for a stack. */
export interface CommandReport {
  readonly stack: string;
  /** Everything that it printed, without colours. */
  readonly output: string;
  readonly succeeded: boolean;
  /** Where the whole output is, such as the address of the workflow's run. */
  readonly log: string;
}

/** A command that failed has few of them; more would hide the first. */
const maxErrors = 10;

/** What the command would do, such as `1 to create, 2 to update, 53 unchanged`. */
export function countsIn(output: string): string {
  const lines = output.split("\n");
  const start = lines.findLastIndex((line) => line.trim() === "Resources:");
  const rest = start === -1 ? [] : lines.slice(start + 1);
  const end = rest.findIndex((line) => !line.startsWith(" "));
  const counts = rest.slice(0, end === -1 ? undefined : end).map((line) => line.trim().replace(/^[^\w\s]+ */, ""));
  // Such as `2 changes. 53 unchanged`, which repeats the lines before it.
  return counts.map((line) => line.replace(/^\d+ changes?\. /, "")).join(", ");
}

/** One that is longer, such as an object that the API server refuses, would leave no room in a comment. */
const maxErrorLength = 500;

/** The lines that say why the command failed: errors, and what a policy refuses. */
export function errorsIn(output: string): string[] {
  const lines = output.split("\n").map((line) => line.trim());
  const errors = lines.filter((line) => /^error: .|\[mandatory\]/.test(line));
  return [...new Set(errors)].slice(0, maxErrors).map(shortened);
}

function shortened(line: string): string {
  return line.length > maxErrorLength ? `${line.slice(0, maxErrorLength)}…` : line;
}

/** A preview as a comment for a pull request: its result first, all of it below. */
export function previewComment({ stack, output, succeeded, log }: CommandReport): string {
  const counts = countsIn(output);
  const title = succeeded ? `Preview of \`${stack}\`: ${counts || "done"}` : `Preview of \`${stack}\` failed`;
  const errors = succeeded ? [] : ["", ...errorsIn(output).map((line) => `> ${line}`)];
  const block = foldedBlock("What pulumi preview says", output.trimEnd().split("\n"), blockLimit, log);
  return [`### ${title}`, ...errors, "", block].join("\n");
}
