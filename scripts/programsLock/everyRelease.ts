import { join } from "node:path";
import { type Platform, platforms, type Release, releasedNames, releaseOf } from "../../artifacts/programs/releases.ts";
import { toolVersion } from "../../sandbox/programs/build.ts";
import { catalog, type ToolName } from "../../sandbox/programs/catalog.ts";

const project = join(import.meta.dirname, "../..");

/**
 * The releases that the sandbox runs.
 *
 * @param systems those that they are for. @default all that checksums are recorded for
 */
export function everyRelease(systems: readonly Platform[] = platforms): Release[] {
  const releases = releasedNames.flatMap((name) => {
    const version = name in catalog ? toolVersion(name as ToolName, project) : "";
    return systems.map((platform) => releaseOf(name, version, platform));
  });
  return releases.filter((release) => release !== undefined);
}
