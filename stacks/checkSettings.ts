import * as platform from "../settings/parse.ts";
import { ownConfig } from "../settings/config.ts";
import type { PulumiProject } from "../settings/stackFile.ts";

/** What checks the settings of the projects of this repository. */
const checks: Readonly<Record<string, () => Promise<(config: Record<string, string>) => unknown>>> = {
  [platform.project]: () => Promise.resolve(platform.parseSettings),
  "team-api": async () => (await import("./team-api/teamSettings.ts")).parseTeamSettings,
};

/**
 * Checks the settings of a stack as its program will, without the program: it takes seconds to load, and commands ask the network and the
 * cluster before it runs.
 *
 * @throws SettingsError as the program would; nothing for a project of somebody else, which checks its own
 */
export async function checkSettings({ name, config }: Pick<PulumiProject, "name" | "config">): Promise<void> {
  const check = await checks[name]?.();
  check?.(ownConfig(name, config));
}
