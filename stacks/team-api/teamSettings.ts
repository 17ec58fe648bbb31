import { z } from "zod";
import { integer } from "../../settings/bounds.ts";
import { parseConfig, SettingsError } from "../../settings/config.ts";
import { projectConfig } from "../../settings/projectConfig.ts";

/** The project's name, which is the namespace of its settings. */
export const project = "team-api";

const pods = integer(1, 100);

/** All settings of the stack, by their keys. */
export const teamSettingsSchema = z.strictObject({
  /**
   * Full name of the platform's stack, to read its state with the key to its secrets; goes with the next version.
   * @default "" - what the platform gives is read from the cluster
   */
  platformStack: z
    .string()
    .regex(
      /^([\w.-]+\/[\w.-]+\/[\w.-]+)?$/,
      "empty, or organization/project/stack such as organization/fluffy-observability/dev",
    )
    .default(""),
  /** Context of the kubeconfig to install into. @default "" - the current context */
  kubeContext: z.string().default(""),
  /** Image of the orders API. @default "localhost:5005/orders-api:dev" - kind's local registry */
  image: z.string().min(1, "the name of an image").default("localhost:5005/orders-api:dev"),
  /** Pods of the orders API. @default 1 */
  replicas: pods.default(1),
  /** Up to so many pods by CPU load; `replicas` or more. @default 1 - no autoscaler */
  maxReplicas: pods.default(1),
});

/** The checked settings, defaults filled in. */
export type TeamSettings = z.infer<typeof teamSettingsSchema>;

/**
 * Reads and checks the settings of the running stack.
 *
 * @throws SettingsError when a key is unknown or a value does not fit; nothing is registered by then.
 */
export function readTeamSettings(): TeamSettings {
  return parseTeamSettings(projectConfig(project));
}

/**
 * Checks settings as Pulumi hands them over.
 *
 * @param config values by key, without the project's prefix
 * @throws SettingsError when a key is unknown or a value does not fit.
 */
export function parseTeamSettings(config: Readonly<Record<string, string>>): TeamSettings {
  const settings = parseConfig({ project, schema: teamSettingsSchema }, config);
  const { replicas, maxReplicas } = settings;
  if (maxReplicas !== 1 && maxReplicas < replicas) {
    throw new SettingsError([
      `${project}:maxReplicas is ${maxReplicas}: must be replicas (${replicas}) or more, or left out for no autoscaler`,
    ]);
  }
  return settings;
}
