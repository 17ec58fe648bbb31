/** What GitHub takes as the body of a comment or an issue; counted here in bytes, which are never fewer. */
export const bodyLimit = 65_536;

/** Room that a comment keeps for what is put around a block of code: headings, tables, a mark. */
export const blockLimit = 48_000;

/**
 * A block of code that can be unfolded.
 *
 * @param summary what stands there while it is folded
 * @param room bytes that it may have; lines at the end are left out, and a line says how many
 * @param more where the lines that are left out can be read
 */
export function foldedBlock(summary: string, lines: readonly string[], room: number, more: string): string {
  const shown = fitting(lines, room - Buffer.byteLength(summary + more) - 200);
  const left = lines.length - shown.length;
  const content = left === 0 ? shown : [...shown, `… ${left} more lines: ${more}`];
  const fence = fenceFor(content);
  return ["<details>", `<summary>${escape(summary)}</summary>`, "", fence, ...content, fence, "", "</details>"].join(
    "\n",
  );
}

/** The first lines that fit. */
function fitting(lines: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = lines.findIndex((line) => (used += Buffer.byteLength(line) + 1) > room);
  return end === -1 ? lines : lines.slice(0, end);
}

/** A fence that no line inside can end. */
function fenceFor(lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map(({ length }) => length);
  return "`".repeat(Math.max(2, ...runs) + 1);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
