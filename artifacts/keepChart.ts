import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { ArtifactError } from "./artifactError.ts";
import { readIfThere, sha256, writeFileAtomically, writeFolderAtomically } from "./files.ts";

/** A packed chart, or the files of one by path. */
type Chart = Uint8Array | Readonly<Record<string, string>>;

/**
 * Writes a chart under a name that says what it is made of, or finds it there: then its checksums are compared with those that were
 * written down beside it, so that what is installed is what was checked.
 *
 * @param path the chart's file or folder
 * @param make gives the chart; called only where there is none
 * @throws ArtifactError in one line for a chart that somebody changed
 */
export async function keepChart(path: string, make: () => Chart): Promise<void> {
  const record = `${path}.sha256`;
  const [recorded, found] = await Promise.all([readIfThere(() => readFile(record, "utf8")), sumsOnDisk(path)]);
  if (found !== undefined && recorded !== undefined) {
    if (found === recorded) return;
    throw new ArtifactError(
      `${join(path, differing(recorded, found))} is not what was written there: nothing of it is used; ` +
        `delete ${path} and run again`,
    );
  }
  const chart = make();
  const sums = sumsOf(chart instanceof Uint8Array ? [["", chart]] : Object.entries(chart));
  // A folder without a record is of a run that was killed, or of an earlier version; another one cannot be replaced by a rename.
  if (found !== sums) {
    await rm(path, { recursive: true, force: true });
    await (chart instanceof Uint8Array ? writeFileAtomically(path, chart) : writeFolderAtomically(path, chart));
  }
  await writeFileAtomically(record, sums);
}

/** Lines as `sha256sum` prints them, sorted; a packed chart has no name. */
function sumsOf(files: readonly (readonly [name: string, content: string | Uint8Array])[]): string {
  return files
    .map(([name, content]) => `${sha256(content)}  ${name}\n`)
    .sort()
    .join("");
}

async function sumsOnDisk(path: string): Promise<string | undefined> {
  const found = await readIfThere(() => stat(path));
  if (found === undefined) return undefined;
  if (!found.isDirectory()) return sumsOf([["", await readFile(path)]]);
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  // A link to a file elsewhere counts as a file.
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  return sumsOf(await Promise.all(files.map(async (file) => [relative(path, file), await readFile(file)] as const)));
}

/** The first file that only one of two lists has, or both have with another checksum; "" for a packed chart. */
function differing(recorded: string, found: string): string {
  const lines = (text: string) => text.split("\n").filter(Boolean);
  const [before, now] = [new Set(lines(recorded)), new Set(lines(found))];
  const line = [...before].find((each) => !now.has(each)) ?? [...now].find((each) => !before.has(each)) ?? "";
  return line.slice(66);
}
