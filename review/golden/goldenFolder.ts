import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readIfThere } from "../../artifacts/files.ts";

/** What was done to a folder of golden files: names of files. */
export interface GoldenChanges {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** The files of a folder by name; a folder that is not there has none. */
export async function readGolden(folder: string): Promise<Map<string, string>> {
  const names = ((await readIfThere(() => readdir(folder))) ?? []).sort();
  const read = names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const);
  return new Map(await Promise.all(read));
}

/** Makes a folder hold exactly the given files; a file of a component that is gone is removed. */
export async function writeGolden(folder: string, files: ReadonlyMap<string, string>): Promise<GoldenChanges> {
  const before = await readGolden(folder);
  const written = [...files.keys()].filter((name) => files.get(name) !== before.get(name));
  const removed = [...before.keys()].filter((name) => !files.has(name));
  await mkdir(folder, { recursive: true });
  await Promise.all([
    ...written.map((name) => writeFile(join(folder, name), files.get(name) ?? "")),
    ...removed.map((name) => rm(join(folder, name))),
  ]);
  return { written, removed, unchanged: [...files.keys()].filter((name) => !written.includes(name)) };
}
