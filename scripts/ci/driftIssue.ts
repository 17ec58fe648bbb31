import { foldedBlock } from "./markdown.ts";
import { type PreviewResult, previewCounts, previewErrors } from "./previewReport.ts";

export const driftTitle = "Clusters differ from what the program says";

/** Three stacks share the body of one issue. */
const sectionLimit = 18_000;

/** What `pulumi preview --expect-no-changes` found. */
export type DriftState = "none" | "drift" | "failed";

/** How a preview ended: the CLI has one exit code for a difference and for a failure, and says which in its last lines. */
export function driftState({ output, succeeded }: PreviewResult): DriftState {
  if (succeeded) return "none";
  return /^error: .*no changes were expected/m.test(output) ? "drift" : "failed";
}

/**
 * The issue's body with what is new about one stack; other stacks' sections stay.
 *
 * @param body the body as it is; empty for a new issue
 * @param day of the preview, such as `2026-01-31`
 * @returns empty when no stack is left to say anything of
 */
export function withStack(body: string, result: PreviewResult, day: string): string {
  const others = sectionsOf(body).filter(({ stack }) => stack !== result.stack);
  const own = driftState(result) === "none" ? [] : [{ stack: result.stack, text: section(result, day) }];
  const all = [...others, ...own].sort((a, b) => (a.stack < b.stack ? -1 : 1));
  if (all.length === 0) return "";
  const intro =
    "The nightly preview found differences. `pulumi up` takes the cluster back; a change that is wanted belongs into the program.";
  return [intro, ...all.map(({ stack, text }) => `${open(stack)}\n${text}\n${close(stack)}`)].join("\n\n");
}

function section(result: PreviewResult, day: string): string {
  const { stack, output, log } = result;
  const failed = driftState(result) === "failed";
  const title = failed ? "the preview failed" : previewCounts(output) || "differences";
  const errors = failed ? ["", ...previewErrors(output).map((line) => `> ${line}`)] : [];
  const block = foldedBlock("What pulumi preview says", output.trimEnd().split("\n"), sectionLimit, log);
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
