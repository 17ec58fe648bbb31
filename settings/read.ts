import * as pulumi from "@pulumi/pulumi";
import { parseConfig, projectConfig, SettingsError } from "./config.ts";
import { conflicts } from "./conflicts.ts";
import { settingsSchema, type Settings } from "./schema.ts";

export { SettingsError } from "./config.ts";
export type { Settings } from "./schema.ts";

/** The only reader of the stack's configuration. */

const project = "fluffy-observability";

/** The setting whose values are secret: no message shows them. */
const secretKey = "alertSecrets";

/**
 * Reads and checks the settings of the running stack.
 *
 * @throws SettingsError when a key is unknown or a value does not fit; nothing is registered by then.
 */
export function readSettings(): Settings {
  return parseSettings(projectConfig(project));
}

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

/**
 * What the setting `alertSecrets` holds, by the name of the receiver. `readSettings` only says which entries there are:
 * the values never leave this output.
 */
export function readAlertSecrets(): pulumi.Output<Record<string, string>> {
  return pulumi.output(new pulumi.Config(project).getSecretObject<Record<string, string>>(secretKey) ?? {});
}
