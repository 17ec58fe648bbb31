import { changeLines } from "./values.ts";
import type { ObjectChange } from "./objectChanges.ts";
import { type Section, sections } from "./sections.ts";

/** As in a patch: what is there now, what is gone, what is different. */
const signs = { added: "+", removed: "-", changed: "~" } as const;

/** How many objects were added, removed and changed, such as `1 object added, 2 changed`; an object counts once for all stacks. */
export function summaryLine(changes: readonly ObjectChange[]): string {
  const parts = (["added", "removed", "changed"] as const).flatMap((action) => {
    const objects = changes.filter((change) => change.action === action);
    const count = new Set(objects.map(({ component, label }) => `${component}\n${label}`)).size;
    return count === 0 ? [] : [`${count} ${action}`];
  });
  return parts.length === 0 ? "no object changes" : `objects: ${parts.join(", ")}`;
}

/** All changes as a text for a terminal, the summary first. */
export function reviewText(changes: readonly ObjectChange[]): string {
  return [summaryLine(changes), ...(changes.length === 0 ? [] : ["", ...reviewLines(changes)])].join("\n");
}

/** All changes as lines of plain text: by section, component, object and field. */
export function reviewLines(changes: readonly ObjectChange[]): string[] {
  return sections(changes).flatMap((section, index) => [...(index === 0 ? [] : [""]), ...sectionLines(section)]);
}

function sectionLines({ title, changes }: Section): string[] {
  const lines = changes.flatMap((change, index) => [
    ...(changes[index - 1]?.component === change.component ? [] : [`  ${change.component}`]),
    `    ${signs[change.action]} ${change.label} [${change.stacks.join(", ")}]`,
    ...change.changes.flatMap(changeLines).map((line) => `        ${line}`),
  ]);
  return [title, ...lines];
}
