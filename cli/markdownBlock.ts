import { readFileSync } from "node:fs";
import { writeFileAtomically } from "./files.ts";

/**
 * Puts a text between the lines `<!-- NAME: begin -->` and `<!-- NAME: end -->` of a Markdown document.
 *
 * @throws when the document has no such lines
 */
export function replaceBlock(document: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`the document has no lines "${begin}" and "${end}"`);
  return `${document.slice(0, from)}${begin}\n\n${text}\n\n${document.slice(to)}`;
}

/** The same, in a file. */
export function writeBlock(file: string, name: string, text: string): void {
  writeFileAtomically(file, replaceBlock(readFileSync(file, "utf8"), name, text));
}
