import { foldedBlock } from "../../review/diff/markdown.ts";
import { type CommandReport, countsIn, errorsIn } from "./previewReport.ts";

export const driftTitle = "Clusters differ from what was installed";

/** Three stacks share the body of one issue. */
const sectionLimit = 18_000;

/** What `pulumi refresh --preview-only --expect-no-changes` found. */
export type DriftState = "none" | "drift" | "failed";

/** How a comparison ended: the exit codes differ from one version of the CLI to the next, its last lines say it alike. */
export function driftState({ output, succeeded }: CommandReport): DriftState {
  if (succeeded) return "none";
  return /^error: .*no changes were expected/m.test(output) ? "drift" : "failed";
}

/**
 * The issue's body with what is new about one stack; other stacks' sections stay.
 *
 * @param body the body as it is; empty for a new issue
 * @param day of the comparison, such as `2026-01-31`
 * @returns empty when no stack is left to say anything of
 */
export function withStack(body: string, result: CommandReport, day: string): string {
  const others = sectionsOf(body).filter(({ stack }) => stack !== result.stack);
  const own = driftState(result) === "none" ? [] : [{ stack: result.stack, text: section(result, day) }];
  const all = [...others, ...own].sort((a, b) => (a.stack < b.stack ? -1 : 1));
  if (all.length === 0) return "";
  const intro =
    "The nightly comparison found differences. `pulumi up --refresh` takes the cluster back; a change that is wanted belongs into the program.";
  return [intro, ...all.map(({ stack, text }) => `${open(stack)}\n${text}\n${close(stack)}`)].join("\n\n");
}

function section(result: CommandReport, day: string): string {
  const { stack, output, log } = result;
  const failed = driftState(result) === "failed";
  const title = failed ? "the comparison failed" : countsIn(output) || "differences";
  const errors = failed ? ["", ...errorsIn(output).map((line) => `> ${line}`)] : [];
  const block = foldedBlock("What pulumi refresh says", output.trimEnd().split("\n"), sectionLimit, log);
  return [`### ${stack}: ${title} (${day})`, ...errors, "", block].join("\n");
}

function sectionsOf(body: string): { stack: string; text: string }[] {
  const pattern = /^<!-- stack ([\w.-]+) -->\n([^]*?)\n<!-- end of stack \1 -->$/gm;
  return [...body.matchAll(pattern)].map(([, stack = "", text = ""]) => ({ stack, text }));
}

function open(stack: string): string {
  return `<!-- stack ${stack} -->`;
}

function close(stack: string): string {
  return `<!-- end of stack ${stack} -->`;
}
