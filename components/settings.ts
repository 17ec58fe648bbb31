import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { conflicts, settingsSchema, type Settings } from "./settingsSchema.ts";

export type { Settings } from "./settingsSchema.ts";

/** The only reader of the stack's configuration. */

const project = "fluffy-observability";

/** The setting whose values are secret: no message shows them. */
const secretKey = "alertSecrets";

/** A setting that cannot be used. The message has one line for each problem: key, value, what is allowed. */
export class SettingsError extends pulumi.RunError {
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/**
 * Reads and checks the settings of the running stack.
 *
 * @throws SettingsError when a key is unknown or a value does not fit; nothing is registered by then.
 */
export function readSettings(): Settings {
  const prefix = `${project}:`;
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return parseSettings(Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value])));
}

/**
 * Checks settings as Pulumi hands them over: every value a string, objects as JSON.
 *
 * @param config values by key, without the project's prefix
 * @throws SettingsError when a key is unknown or a value does not fit.
 */
export function parseSettings(config: Readonly<Record<string, string>>): Settings {
  const input: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(config)) input[key] = decode(key, text);
  const { data, error } = settingsSchema.safeParse(input);
  if (error) throw new SettingsError(error.issues.flatMap((issue) => describe(issue, input)));
  const problems = conflicts(data).map(([key, problem]) => `${project}:${key} ${problem}`);
  if (problems.length > 0) throw new SettingsError(problems);
  return data;
}

/**
 * What the setting `alertSecrets` holds, by the name of the receiver. `readSettings` only says which entries there are:
 * the values never leave this output.
 */
export function readAlertSecrets(): pulumi.Output<Record<string, string>> {
  return pulumi.output(new pulumi.Config(project).getSecretObject<Record<string, string>>(secretKey) ?? {});
}

/** Strings stand for themselves; everything else arrives as JSON. */
function decode(key: string, text: string): unknown {
  const field = shapeOf(settingsSchema)[key];
  if (!(field instanceof z.ZodDefault || field instanceof z.ZodPrefault)) return text;
  const inner = field.unwrap();
  if (inner instanceof z.ZodString || inner instanceof z.ZodEnum) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The schema says what belongs here instead.
    return text;
  }
}

function describe(issue: z.core.$ZodIssue, input: unknown): string[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(path).join(", ");
    return issue.keys.map((key) => `${project}:${[...path, key].join(".")} is not a setting; allowed are: ${known}`);
  }
  const value = path[0] === secretKey ? "[secret]" : show(valueAt(input, path));
  return [`${project}:${path.join(".")} is ${value}: must be ${allowed(issue)}`];
}

/** How messages name the types of the schema. */
const expectedTypes: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "an integer",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "a string",
};

function allowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(", ")}`;
    case "invalid_type":
      return expectedTypes[issue.expected] ?? issue.expected;
    default:
      // The schema's own messages say what is allowed.
      return issue.message;
  }
}

/** The keys that the schema knows at a place. */
function knownKeys(path: readonly string[]): string[] {
  let schema: unknown = settingsSchema;
  for (const key of path) schema = schemaAt(schema, key);
  return Object.keys(shapeOf(schema));
}

/** The schema of one key, entry or item of another. */
function schemaAt(schema: unknown, key: string): unknown {
  const inner = withoutDefault(schema);
  if (inner instanceof z.ZodRecord) return inner.valueType;
  if (inner instanceof z.ZodArray) return inner.element;
  return shapeOf(inner)[key];
}

function shapeOf(schema: unknown): Record<string, unknown> {
  const inner = withoutDefault(schema);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

function withoutDefault(schema: unknown): unknown {
  const wrapped = schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault || schema instanceof z.ZodOptional;
  return wrapped ? schema.unwrap() : schema;
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], input);
}

function show(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
