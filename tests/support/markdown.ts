import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Folder of the project. */
export const projectFolder = resolve(import.meta.dirname, "../..");

/** Every Markdown file of the project, relative to its folder; what is installed or generated does not count. */
export function markdownFiles(): string[] {
  const generated = ["node_modules", ".artifacts", ".sandbox", ".venv", ".pytest_cache"];
  return globSync("**/*.md", { cwd: projectFolder, exclude: (name) => generated.includes(name) }).sort();
}

/** The text of a project's file. */
export function readProjectFile(file: string): string {
  return readFileSync(join(projectFolder, file), "utf8");
}

/** Whether the project has that file or folder. */
export function projectHas(path: string): boolean {
  return existsSync(join(projectFolder, path));
}

/**
 * The rows of the first table under a heading, without the table's own head.
 *
 * @param text Markdown
 * @param heading the heading's text, without its number signs
 * @throws when there is no such heading, or no table under it
 */
export function tableUnder(text: string, heading: string): string[][] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.replace(/^#+ /, "") === heading && line.startsWith("#"));
  if (start === -1) throw new Error(`no heading "${heading}"`);
  const after = lines.slice(start + 1);
  const end = after.findIndex((line) => line.startsWith("#"));
  const section = after.slice(0, end === -1 ? undefined : end);
  const head = section.findIndex((line) => line.startsWith("|"));
  if (head === -1) throw new Error(`no table under "${heading}"`);
  const table = section.slice(head);
  const last = table.findIndex((line) => !line.startsWith("|"));
  return table.slice(2, last === -1 ? undefined : last).map(cells);
}

/** The cells of a table's row; `\|` inside a cell is a character of it. */
function cells(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** What stands in backticks, if a cell is nothing else. */
export function code(cell: string | undefined): string | undefined {
  return /^`([^`]*)`$/.exec(cell ?? "")?.[1];
}

/** Text outside of code blocks: what is in them is no link and no heading. */
export function withoutCodeBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, "");
}

/** The anchors that GitHub makes of a text's headings, and those that are written out. */
export function anchors(text: string): Set<string> {
  const read = withoutCodeBlocks(text);
  const headings = [...read.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set([...headings, ...[...read.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id)]);
}
