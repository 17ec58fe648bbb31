import { parseConfig, SettingsError } from "./config.ts";
import { conflicts } from "./conflicts.ts";
import { settingsSchema, type Settings } from "./schema.ts";

/** The project's name, which is the namespace of its settings. */
export const project = "fluffy-observability";

/** The setting whose values are secret: no message shows them. */
export const secretKey = "alertSecrets";

/**
 * Checks settings as Pulumi hands them over: every value a string, objects as JSON.
 *
 * @param config values by key, without the project's prefix
 * @throws SettingsError when a key is unknown or a value does not fit.
 */
export function parseSettings(config: Readonly<Record<string, string>>): Settings {
  const settings = parseConfig({ project, schema: settingsSchema, secretKey }, config);
  const problems = conflicts(settings).map(([key, problem]) => `${project}:${key} ${problem}`);
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}
