/** One line of a requirements file as pip sees it: continued lines are one, comments and hashes are away. */
export interface RequirementsLine {
  /** Number of its first line in the file, from 1. */
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a requirements file that say something. pip joins continued lines before it parses, and so does this: the parser of
 * requirements knows neither continuations nor options behind a requirement, such as `--hash`.
 */
export function logicalLines(text: string): RequirementsLine[] {
  const lines: { number: number; text: string }[] = [];
  let continued = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const comment = /^\s*#/.test(line);
    const content = line.replace(/\\$/, "");
    const last = lines.at(-1);
    if (continued && last !== undefined) last.text += comment ? "" : content;
    else lines.push({ number: index + 1, text: comment ? "" : content });
    continued = !comment && line.endsWith("\\");
  }
  return lines
    .map(({ number, text: content }) => ({ number, text: withoutOptions(content.replace(/(^|\s)#.*$/, "").trim()) }))
    .filter(({ text: content }) => content !== "");
}

/** Without what follows a requirement, such as ` --hash=sha256:…`; a line that is an option stays. */
function withoutOptions(line: string): string {
  return line.startsWith("-") ? line : line.replace(/\s+-.*$/, "");
}
