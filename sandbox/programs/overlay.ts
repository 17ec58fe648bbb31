import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Embedded } from "./catalog.ts";

/**
 * Writes what go's `-overlay` takes, so that files of a dependency seem to lie in the folder of the program that embeds
 * them: go embeds nothing from elsewhere.
 *
 * @param source folder of the program's code
 * @param file written
 */
export async function writeOverlay(
  { module, folder, files }: Embedded,
  source: string,
  file: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const args = ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", module];
  await promisify(execFile)("go", ["mod", "download", module], { cwd: source, env });
  const { stdout } = await promisify(execFile)("go", args, { cwd: source, env });
  const pairs = files.map((name) => [join(source, name), join(stdout.trim(), folder, name)]);
  writeFileSync(file, JSON.stringify({ Replace: Object.fromEntries(pairs) as Record<string, string> }));
}
