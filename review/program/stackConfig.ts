import { join } from "node:path";
import { readProject } from "../../settings/stackFile.ts";

const project = join(import.meta.dirname, "../..");

/**
 * A stack's configuration as the CLI hands it over, by key without the project's prefix.
 *
 * @param folder of its project, below this one's
 */
export function stackConfig(stack: string, folder = "."): Record<string, string> {
  const { name, config } = readProject(join(project, folder), stack, { encrypted: "replace" });
  const entries = Object.entries(config).map(([key, value]) => [key.replace(`${name}:`, ""), value] as const);
  return Object.fromEntries(entries);
}
