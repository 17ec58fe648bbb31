import * as pulumi from "@pulumi/pulumi";
import { ownConfig } from "./config.ts";

/**
 * All values of the running stack in the project's namespace, by key.
 *
 * @throws SettingsError for a key of a project whose name is nearly ours
 */
export function projectConfig(project: string): Record<string, string> {
  return ownConfig(project, pulumi.runtime.allConfig());
}
