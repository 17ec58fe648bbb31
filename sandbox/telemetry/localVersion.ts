import { prometheusVersion } from "../../artifacts/programs/releases.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { toolVersion } from "../programs/build.ts";
import type { ToolName } from "../programs/catalog.ts";

/**
 * The version of a program of this machine beside the image that its configuration is made for.
 *
 * @param title what people call it
 * @param project folder of the project
 */
export function localVersion(
  tool: ToolName,
  title: string,
  image: string,
  project: string,
): NonNullable<Program["versions"]> {
  const module = toolVersion(tool, project);
  // Version 2 is released with version 1, of whose module it is.
  const own = { prometheus: prometheusVersion(module), jaeger: `v2 of module ${module}` } as Record<string, string>;
  return { local: `the local ${title} (${own[tool] ?? module})`, image };
}
