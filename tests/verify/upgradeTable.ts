import { markdownTable } from "../../cli/markdownTable.ts";
import type { PreviewChanges } from "../support/previewChanges.ts";

/** What becomes of a stack of an older commit when this one updates it. */
export interface StackUpgrade {
  readonly stack: string;
  /** Of the first preview. */
  readonly changes: PreviewChanges;
  /** What the cluster had before and still has. */
  readonly kept: { readonly namespaces: number; readonly claims: number };
  /** The outputs that another stack may read: what they were and what they are. */
  readonly outputs: readonly ChangedOutput[];
}

/** An output with another value than before; undefined where it was not there, or is gone. */
export interface ChangedOutput {
  readonly name: string;
  readonly before?: unknown;
  readonly now?: unknown;
}

/** The outputs that are not as they were, by their names. */
export function changedOutputs(
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): ChangedOutput[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]))
    .map((name) => ({ name, before: before[name], now: now[name] }));
}

/** The upgrade of all stacks, as docs/upgrade.md has it. */
export function upgradeTable(upgrades: readonly StackUpgrade[]): string {
  return upgrades.map(stackSection).join("\n\n");
}

/** The part of one stack. */
export function stackSection({ stack, changes, kept, outputs }: StackUpgrade): string {
  const { create, update } = changes;
  const rows = [
    ["replaced", listed(changes.replace)],
    ["deleted", listed(changes.delete)],
    ["made", counted(create)],
    ["changed", counted(update)],
  ];
  return [
    `**Stack \`${stack}\`.** Kept: ${kept.namespaces} namespaces, ${kept.claims} claims of volumes.`,
    "",
    markdownTable(["The preview", "Objects"], rows),
    "",
    markdownTable(
      ["Output", "Before", "Now"],
      outputs.map(({ name, before, now }) => [`\`${name}\``, shown(before), shown(now)]),
    ),
  ].join("\n");
}

/**
 * The rows of a stack that only an intended change moves: how many objects are made and changed moves with every new one.
 *
 * @param text docs/upgrade.md, or the part of the stack
 */
export function lastingRows(text: string, stack: string): string[] {
  const [, section = ""] = text.split(`**Stack \`${stack}\`.**`);
  const own = section.split(/\*\*Stack|<!--/)[0] ?? "";
  return own.split("\n").filter((line) => line.startsWith("| ") && !/^\| (made|changed) \|/.test(line));
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `\`${name}\``).join(", ");
}

/** How many of each kind. */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) {
    const kind = name.split(" ")[0] ?? "";
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts.size === 0 ? "none" : [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ");
}

/** An output as the table has it. Long values would hide the others; a hash says nothing to a person, and is another one tomorrow. */
export function shown(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" && value.length <= 80 && !/^[0-9a-f]{12}$/.test(value)
    ? `\`${value}\``
    : "another value";
}
