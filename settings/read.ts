import * as pulumi from "@pulumi/pulumi";
import { parseSettings, project, secretKey } from "./parse.ts";
import { projectConfig } from "./projectConfig.ts";
import type { Settings } from "./schema.ts";

export { SettingsError } from "./config.ts";
export { parseSettings } from "./parse.ts";
export type { Settings } from "./schema.ts";

/** The only reader of the stack's configuration. */

/**
 * Reads and checks the settings of the running stack.
 *
 * @throws SettingsError when a key is unknown or a value does not fit; nothing is registered by then.
 */
export function readSettings(): Settings {
  return parseSettings(projectConfig(project));
}

/**
 * What the setting `alertSecrets` holds, by the name of the receiver. `readSettings` only says which entries there are:
 * the values never leave this output.
 */
export function readAlertSecrets(): pulumi.Output<Record<string, string>> {
  return pulumi.output(new pulumi.Config(project).getSecretObject<Record<string, string>>(secretKey) ?? {});
}
