import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Embedded } from "./catalog.ts";

/** Where a file seems to lie for go, and where it lies. */
type Overlaid = readonly [seeming: string, file: string];

/** Writes what go's `-overlay` takes. */
export function writeOverlay(files: readonly Overlaid[], overlay: string): void {
  writeFileSync(overlay, JSON.stringify({ Replace: Object.fromEntries(files) as Record<string, string> }));
}

/**
 * Files of a dependency that seem to lie in the folder of the program that embeds them: go embeds nothing from elsewhere.
 *
 * @param source folder of the program's code
 */
export async function embeddedFiles(
  { module, folder, files }: Embedded,
  source: string,
  env: NodeJS.ProcessEnv,
): Promise<Overlaid[]> {
  const folders = await moduleFolders([module], source, env);
  return files.map((name) => [join(source, name), join(folders.get(module) ?? "", folder, name)]);
}

/**
 * Folders of modules in go's cache, which fetches and checks what it does not have.
 *
 * @param source folder of a module that requires them
 */
export async function moduleFolders(
  modules: readonly string[],
  source: string,
  env: NodeJS.ProcessEnv,
): Promise<Map<string, string>> {
  const go = (...args: string[]) => promisify(execFile)("go", args, { cwd: source, env });
  await go("mod", "download", ...modules);
  const { stdout } = await go("list", "-mod=readonly", "-m", "-f", "{{.Path}}\t{{.Dir}}", ...modules);
  return new Map(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split("\t") as [string, string]),
  );
}
