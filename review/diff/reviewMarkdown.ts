import { blockLimit, foldedBlock } from "./markdown.ts";
import type { ObjectChange } from "./objectChanges.ts";
import { reviewLines, summaryLine } from "./reviewText.ts";
import { sections } from "./sections.ts";

/** More rows hide what matters; the block below has all. */
const maxRows = 40;

/**
 * All changes as a comment for a pull request: what changed where first, every field below, cut where a comment would be too long.
 *
 * @param command what shows the changes without a limit
 */
export function reviewMarkdown(changes: readonly ObjectChange[], heading: string, command: string): string {
  const head = [`### ${heading}`, "", summaryLine(changes)];
  if (changes.length === 0) return head.join("\n");
  const rows = sections(changes).flatMap(({ title, changes: inSection }) => tableRows(title, inSection));
  const left = rows.length - maxRows;
  const table = ["| What | Component | Objects | Stacks |", "| --- | --- | --- | --- |", ...rows.slice(0, maxRows)];
  const rest = left > 0 ? ["", `… and ${left} more rows`] : [];
  const block = foldedBlock("Field by field", reviewLines(changes), blockLimit, command);
  return [...head, "", ...table, ...rest, "", block].join("\n");
}

/** A row for each component of a section. */
function tableRows(title: string, changes: readonly ObjectChange[]): string[] {
  const components = [...new Set(changes.map(({ component }) => component))];
  return components.map((component) => {
    const own = changes.filter((change) => change.component === component);
    const labels = [...new Set(own.map(({ label }) => label))];
    const stacks = [...new Set(own.flatMap((change) => change.stacks))];
    const named =
      labels.length > 3 ? `${labels.slice(0, 3).join(", ")} and ${labels.length - 3} more` : labels.join(", ");
    return `| ${[title, component, named, stacks.join(", ")].map(cell).join(" | ")} |`;
  });
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
