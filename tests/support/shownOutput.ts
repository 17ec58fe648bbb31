import assert from "node:assert/strict";
import { markdownFiles, readProjectFile } from "./markdown.ts";

/** A block of a page that shows what something prints. */
export interface ShownOutput {
  readonly page: string;
  /** The command above it, in a block of `console`. */
  readonly command: string | undefined;
  readonly text: string;
}

/** Every block of README.md and docs/ that is neither for a shell nor a file's content. */
export function shownOutputs(): ShownOutput[] {
  const pages = markdownFiles().filter((file) => file === "README.md" || file.startsWith("docs/"));
  return pages.flatMap((page) =>
    [...readProjectFile(page).matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)]
      .filter(([, language = ""]) => ["", "text", "console"].includes(language))
      .map(([, , block = ""]) => {
        const [, command, text = block] = /^\$ (.*)\n([\s\S]*)$/.exec(block) ?? [];
        return { page, command, text: text.trimEnd() };
      }),
  );
}

/**
 * The only output that a page shows.
 *
 * @param command whose output it is; left out where the page shows one of any command
 * @throws when it shows none, or several
 */
export function shownOutput(page: string, command?: string): ShownOutput {
  const [output, ...others] = shownOutputs().filter(
    (each) => each.page === page && (command === undefined || each.command === command),
  );
  if (output === undefined || others.length > 0) throw new Error(`${page} shows not one output`);
  return output;
}

/** Lines without what differs from run to run: ids, times, durations, bars, addresses here and the random part of a pod's name. */
export function timeless(text: string): string[] {
  return text.split("\n").map((line) =>
    line
      .replaceAll(/\b[0-9a-f]{32}\b/g, "<trace>")
      .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
      .replaceAll(/\b[\d.]+ (µs|ms|s)(?=\s|$)/g, "<duration>")
      .replaceAll(/\|[ █]+\|/g, "<bar>")
      .replaceAll(/\b127\.0\.0\.1:\d+/g, "<address>")
      .replaceAll(/(?<=[a-z])-[0-9a-f]{8,10}-[a-z0-9]{5}\b/g, "-<pod>")
      .replaceAll(/ +/g, " ")
      .trimEnd(),
  );
}

/** Holds that a program printed the lines that a page shows, one after the other, but for what differs from run to run. */
export function assertShown({ page, text }: Pick<ShownOutput, "page" | "text">, printed: string): void {
  const [wanted, found] = [timeless(text), timeless(printed)];
  const start = found.indexOf(wanted[0] ?? "");
  assert.notEqual(start, -1, `${page} shows "${wanted[0] ?? ""}", printed was:\n${printed}`);
  assert.deepEqual(found.slice(start, start + wanted.length), wanted, page);
}
