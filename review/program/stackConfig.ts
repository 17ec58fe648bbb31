import { join } from "node:path";
import { readProject } from "../../settings/stackFile.ts";

const project = join(import.meta.dirname, "../..");

/** The example of docs/production.md: everything of that page on. */
export const productionExample = "docs/production.example.yaml";

/**
 * A stack's configuration as the CLI hands it over, by key without the project's prefix.
 *
 * @param folder of its project, below this one's
 * @param configFile path of another file than the stack's own, from this project's folder
 */
export function stackConfig(stack: string, folder = ".", configFile?: string): Record<string, string> {
  const file = configFile === undefined ? {} : { configFile: join(project, configFile) };
  const { name, config } = readProject(join(project, folder), stack, { encrypted: "replace", ...file });
  const entries = Object.entries(config).map(([key, value]) => [key.replace(`${name}:`, ""), value] as const);
  return Object.fromEntries(entries);
}
