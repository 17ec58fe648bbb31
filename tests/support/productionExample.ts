import { join } from "node:path";
import { readProject } from "../../settings/stackFile.ts";
import { projectFolder } from "./markdown.ts";

/** The example of docs/production.md: everything of that page on. */
export const productionExample = "docs/production.example.yaml";

/** Its settings by key without the project's prefix, as the CLI hands them over. */
export function productionExampleConfig(): Record<string, string> {
  const { name, config } = readProject(projectFolder, "prod", { configFile: join(projectFolder, productionExample) });
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(`${name}:`, ""), value]));
}
