/**
 * A table in Markdown.
 *
 * @param columns their headings
 * @param rows cells as they are: whoever has a `|` in one escapes it
 */
export function markdownTable(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
