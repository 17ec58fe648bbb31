import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { UserError } from "../cli/errors.ts";
import { ownConfig, show } from "./config.ts";

/** A Pulumi project with the configuration of one of its stacks, as the CLI would hand it to the program. */
export interface PulumiProject {
  name: string;
  /** Folder of Pulumi.yaml. */
  folder: string;
  /** File of the program, absolute. */
  program: string;
  /** Values by namespaced key; everything that is no string is JSON. */
  config: Record<string, string>;
  /** The content of Pulumi.yaml. */
  definition: Record<string, unknown>;
  /** The values of the stack's own file, as they stand there. */
  values: Record<string, unknown>;
}

interface ConfigSchema {
  type?: string;
  default?: unknown;
  value?: unknown;
}

/** How settings are read. */
export interface ReadOptions {
  /** File to read instead of Pulumi.<stack>.yaml. */
  configFile?: string | undefined;
  /**
   * What becomes of encrypted values: an error, or, where nothing is installed, `encryptedStandIn`. @default "refuse"
   */
  encrypted?: "refuse" | "replace";
}

/** Keys of a settings file that Pulumi writes itself. */
export const ownKeys = ["encryptedkey", "encryptionsalt", "secretsprovider"];

/** In the place of a value that only the CLI can read: good as a URL, a key and a password. */
export const encryptedStandIn = "https://encrypted.invalid";

/**
 * Reads Pulumi.yaml and the stack's settings.
 *
 * @param folder folder of Pulumi.yaml
 * @throws UserError when a file is missing or no YAML, or a value has another type than Pulumi.yaml says, or is encrypted.
 */
export function readProject(folder: string, stack: string, options: ReadOptions = {}): PulumiProject {
  const { configFile, encrypted = "refuse" } = options;
  const root = readYaml(path.join(folder, "Pulumi.yaml"), () => `no Pulumi.yaml in ${folder}: no Pulumi project there`);
  const { name } = root;
  if (typeof name !== "string") throw new UserError(`${path.join(folder, "Pulumi.yaml")} names no project: add "name"`);
  const file = configFile ?? path.join(folder, `Pulumi.${stack}.yaml`);
  const values = readYaml(file, () => missingStack(folder, file, stack, configFile !== undefined));
  if (values.environment !== undefined) {
    throw new UserError(`${file}: "environment" is read by Pulumi Cloud only: put the values into "config"`);
  }
  // What Pulumi writes for a stack that has no settings yet, and nothing else: with another key "config" may be misspelt.
  const keys = Object.keys(values);
  const isNew = keys.length > 0 && keys.every((key) => ownKeys.includes(key));
  if (!isNew && !isRecord(values.config)) {
    throw new UserError(`${file}: "config" is ${kindOf(values.config)}: must be an object, {} where nothing is set`);
  }
  const main = typeof root.main === "string" ? root.main : "index.ts";
  const own = record(encrypted === "replace" ? withoutEncrypted(values.config) : values.config);
  return {
    name,
    folder,
    program: path.resolve(folder, main),
    config: mergeConfig(name, record(root.config), own, { file, stack }),
    definition: root,
    values: own,
  };
}

/**
 * Merges a stack's values with the defaults of Pulumi.yaml as the CLI does: a default counts only where the whole
 * key is absent.
 *
 * @throws UserError for an encrypted value, a key without namespace, a wrong type or a missing required value; SettingsError for a key of
 * a project whose name is nearly the same
 */
export function mergeConfig(
  project: string,
  schemas: Record<string, unknown>,
  values: Record<string, unknown>,
  where: { file: string; stack: string },
): Record<string, string> {
  const config: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) {
    if (!key.includes(":")) throw new UserError(`${where.file}: key "${key}" must be "${project}:${key}"`);
    refuseSecure(key, value, where.file);
    config[key] = encode(value);
  }
  for (const [key, entry] of Object.entries(schemas)) {
    const full = key.includes(":") ? key : `${project}:${key}`;
    const schema: ConfigSchema = isRecord(entry) ? entry : { value: entry };
    const given = values[full] ?? schema.value ?? schema.default;
    if (given === undefined) {
      throw new UserError(`${where.file}: stack "${where.stack}" is missing configuration value "${full}"`);
    }
    if (!fits(given, schema.type)) {
      // What should be an object may hold secrets.
      const shown = schema.type === "object" ? kindOf(given) : show(given);
      throw new UserError(`${where.file}: ${full} is ${shown}: must be of type ${String(schema.type)}`);
    }
    config[full] = encode(given);
  }
  ownConfig(project, config);
  return config;
}

function encode(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The CLI keeps scalars as text, so a number is a good string and "5" a good integer. */
function fits(value: unknown, type: string | undefined): boolean {
  switch (type) {
    case undefined:
      return true;
    case "object":
      return isRecord(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return /^-?\d+$/.test(encode(value));
    case "boolean":
      return value === true || value === false || value === "true" || value === "false";
    default:
      return typeof value !== "object";
  }
}

function withoutEncrypted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEncrypted);
  if (!isRecord(value)) return value;
  if ("secure" in value) return encryptedStandIn;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutEncrypted(inner)]));
}

function refuseSecure(key: string, value: unknown, file: string): void {
  if (typeof value !== "object" || value === null) return;
  if ("secure" in value) {
    throw new UserError(
      `${file}: ${key} is encrypted: only the passphrase of that stack opens it, which this command does not have: give it a plain value, for the sandbox in a file of its own by --config-file`,
    );
  }
  for (const [name, nested] of Object.entries(value)) refuseSecure(`${key}.${name}`, nested, file);
}

function missingStack(folder: string, file: string, stack: string, named: boolean): string {
  if (named) return `--config-file ${file}: no such file`;
  const stacks = readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
  return `no stack "${stack}": ${file} does not exist; there are: ${stacks.join(", ") || "none"}`;
}

function readYaml(file: string, missing: () => string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new UserError(missing());
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
  let content: unknown;
  try {
    content = load(text);
  } catch (error) {
    throw new UserError(`${file} is no YAML: ${(error as Error).message.split("\n")[0] ?? ""}`);
  }
  if (isRecord(content)) return content;
  throw new UserError(`${file} is ${kindOf(content)}: must be an object`);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return "empty";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
