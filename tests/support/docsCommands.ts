import { markdownFiles, readProjectFile } from "./markdown.ts";

/** A command that a page tells its reader to type. */
export interface DocsCommand {
  readonly page: string;
  /** Without comment; lines that go on are one. */
  readonly text: string;
}

/** Pages that are for readers of the project: the others tell a part's own developers what they do by hand. */
const pages = markdownFiles().filter((file) => file === "README.md" || file.startsWith("docs/"));

/** Every command in the blocks for a shell of README.md and docs/. */
export function docsCommands(): DocsCommand[] {
  return pages.flatMap((page) => commandsIn(readProjectFile(page)).map((text) => ({ page, text })));
}

/**
 * The commands below a heading of a page.
 *
 * @throws when the page has no such heading, or no command below it
 */
export function commandsUnder(page: string, heading: string): string[] {
  const lines = readProjectFile(page).split("\n");
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, "") === heading);
  const after = start === -1 ? [] : lines.slice(start + 1);
  const end = after.findIndex((line) => /^#+ /.test(line));
  const commands = commandsIn(after.slice(0, end === -1 ? undefined : end).join("\n"));
  if (commands.length === 0) throw new Error(`${page} has no command under "${heading}"`);
  return commands;
}

function commandsIn(text: string): string[] {
  return [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].flatMap(([, block = ""]) =>
    block
      .replaceAll(/\\\n\s*/g, "")
      // A quoted word may hold lines.
      .replaceAll(/"[^"\n]*\n[^"]*"/g, (word) => word.replaceAll(/\s*\n\s*/g, " "))
      .split("\n")
      .map((line) => line.trim().replace(/(^|\s+)# .*/, ""))
      .filter((command) => command !== ""),
  );
}

/** Every `npm run …` and `npm test …` of the pages, also inside sentences: script and arguments. */
export function npmCommands(): (DocsCommand & { readonly script: string; readonly argv: readonly string[] })[] {
  const inline = pages.flatMap((page) =>
    [...readProjectFile(page).matchAll(/`(npm (?:run |test)[^`\n]*)`/g)].map(([, text = ""]) => ({ page, text })),
  );
  return [...docsCommands(), ...inline].flatMap(({ page, text }) =>
    text.split("&&").flatMap((part) => {
      const [, run, args = ""] = /^\s*npm (?:run (?:--silent )?)?([\w:-]+)(?: -- (.*))?\s*$/.exec(part) ?? [];
      if (run === undefined || run === "ci" || run === "install") return [];
      return [{ page, text: part.trim(), script: run, argv: args.split(/\s+/).filter((arg) => arg !== "") }];
    }),
  );
}
