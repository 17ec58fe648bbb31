import { RunError } from "@pulumi/pulumi/errors.js";
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { withoutLogins } from "./withoutLogins.ts";

/** The configuration of a Pulumi project, checked by a schema: one line for each problem. */

/** A setting that cannot be used. The message has one line for each problem: key, value, what is allowed. */
export class SettingsError extends RunError {
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** A project and what its settings look like. */
export interface ProjectSchema<Schema extends z.ZodObject> {
  /** Name of the project, which is the namespace of its keys. */
  readonly project: string;
  readonly schema: Schema;
  /** Key whose values no message shows. @default - none */
  readonly secretKey?: string;
}

/** So many letters may be wrong in a name that is taken for ours; those of providers are further away. */
const MISSPELT = 2;

/**
 * Those of all values that are in the project's namespace, by key without its name.
 *
 * @throws SettingsError for a key of a project whose name is nearly ours
 */
export function ownConfig(project: string, config: Readonly<Record<string, string>>): Record<string, string> {
  const keys = Object.keys(config).map((key) => [key, key.slice(0, key.indexOf(":"))] as const);
  const misspelt = keys.filter(([, name]) => name !== project && distance(name, project) <= MISSPELT);
  // Pulumi hands such a key to nobody, and says nothing.
  if (misspelt.length > 0) {
    throw new SettingsError(misspelt.map(([key, name]) => `${key} is of project "${name}": must be ${project}:…`));
  }
  const own = keys.filter(([, name]) => name === project);
  return Object.fromEntries(own.map(([key]) => [key.slice(project.length + 1), config[key] ?? ""]));
}

/**
 * Checks a project's configuration as Pulumi hands it over: every value a string, objects as JSON.
 *
 * @param source the project and its schema
 * @param config values by key, without the project's prefix
 * @throws SettingsError when a key is unknown or a value does not fit.
 */
export function parseConfig<Schema extends z.ZodObject>(
  source: ProjectSchema<Schema>,
  config: Readonly<Record<string, string>>,
): z.infer<Schema> {
  const input: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(config)) input[key] = decode(source.schema, key, text);
  const { data, error } = source.schema.safeParse(input);
  if (error) throw new SettingsError([...new Set(error.issues.flatMap((issue) => describe(source, issue, input)))]);
  return data;
}

/** Strings stand for themselves; everything else arrives as JSON. */
function decode(schema: z.ZodObject, key: string, text: string): unknown {
  const field = shapeOf(schema)[key];
  const inner = withoutDefault(field);
  if (inner === undefined) return text;
  if (inner instanceof z.ZodString || inner instanceof z.ZodEnum) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The schema says what belongs here instead.
    return text;
  }
}

function describe(
  { project, schema, secretKey }: ProjectSchema<z.ZodObject>,
  issue: z.core.$ZodIssue,
  input: unknown,
): string[] {
  const path = issue.path.map(String);
  const name = (keys: readonly string[]) => `${project}:${keys.map(withoutLogins).join(".")}`;
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, path).join(", ");
    return issue.keys.map((key) => `${name([...path, key])} is not a setting; allowed are: ${known}`);
  }
  if (issue.code === "invalid_key") {
    const [inner] = issue.issues;
    const must = inner ? allowed(inner, undefined) : issue.message;
    return [`${name(path.slice(0, -1))} has the key "${withoutLogins(path.at(-1) ?? "")}": must be ${must}`];
  }
  const given = valueAt(input, path);
  const value = path[0] === secretKey ? "[secret]" : show(given);
  const field = path.reduce<unknown>(schemaAt, schema);
  return [`${name(path)} is ${value}: must be ${allowed(issue, field)}${asText(field, given)}`];
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

/** To YAML some texts are a number or a truth. */
function asText(schema: unknown, given: unknown): string {
  const isNone = typeof given !== "number" && typeof given !== "boolean";
  return !isNone && schema instanceof z.ZodType && schema.safeParse(String(given)).success ? ", in quotes" : "";
}

function allowed(issue: z.core.$ZodIssue, schema: unknown): string {
  switch (issue.code) {
    case "invalid_value":
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(", ")}`;
    case "invalid_type":
      return ownMessage(issue) ?? kindOf(schema, issue.expected) ?? expectedTypes[issue.expected] ?? issue.expected;
    default:
      // The schema's own messages say what is allowed; the library knows bounds of its own.
      return ownMessage(issue) ?? kindOf(schema, "origin" in issue ? String(issue.origin) : "") ?? issue.message;
  }
}

/** Values of the right type that few settings take. */
const unlikely: Readonly<Record<string, readonly unknown[]>> = {
  string: ["", "\n"],
  number: [-1e9, 1e9],
  int: [-1e9, 1e9],
};

/** Which texts or numbers a setting takes, in the words in which its schema refuses others; undefined where it takes all. */
function kindOf(schema: unknown, type: string): string | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const issues = (unlikely[type] ?? []).flatMap((value) => schema.safeParse(value).error?.issues ?? []);
  return issues.map(ownMessage).find((message) => message !== undefined);
}

/** A message that the schema gives itself; undefined for one of the library. */
function ownMessage({ message }: z.core.$ZodIssue): string | undefined {
  return /^(Invalid|Too small|Too big)\b/.test(message) ? undefined : message;
}

/** The keys that the schema knows at a place. */
function knownKeys(root: z.ZodObject, path: readonly string[]): string[] {
  const schema = path.reduce<unknown>(schemaAt, root);
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
  if (schema instanceof z.ZodPipe) return withoutDefault(schema.in);
  return wrapped ? withoutDefault(schema.unwrap()) : schema;
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], input);
}

/** A value as messages show it. */
export function show(value: unknown): string {
  return value === undefined
    ? "missing"
    : JSON.stringify(value, (_, inner: unknown) => (typeof inner === "string" ? withoutLogins(inner) : inner));
}
