import { z } from "zod";
import { parseSettings, SettingsError } from "../../settings/read.ts";
import { settingsSchema } from "../../settings/schema.ts";
import { withEntry } from "./settings.ts";

/** Texts that some setting takes: a setting gets one of those that its schema does not refuse. */
const texts = [
  ...[
    "",
    "a",
    "eu-1",
    "production",
    "team-api",
    "/up",
    "/srv/logs",
    "5m",
    "15s",
    "90s",
    "6h",
    "30d",
    "1Gi",
    "5Gi",
    "64Mi",
  ],
  ...[
    "https://example.org",
    "http://[fd00::1]:8080/path",
    "example.org:4317",
    "[fd00::1]:4317",
    "10.0.0.0/8",
    "fd00::/64",
  ],
  ...[
    "registry.example.org/name:1.0.0",
    "grafana.example.org",
    "gateways/public/https",
    "self-signed",
    "Secret/ca",
    "Issuer/ours",
    "ClusterIssuer/letsencrypt",
    "*",
    "ClusterIssuer/company-ca",
    "500m",
    "(secret=)[a-z]+",
    "ops@example.org",
    "smtp.example.org:587",
    "#alerts",
    "openid",
  ],
];

/** Share of the settings that are left as they are: what only works together has to meet. */
const kept = 1 / 3;

type Chance = () => number;

const oneOf = <Item>(chance: Chance, items: readonly Item[]): Item | undefined =>
  items[Math.floor(chance() * items.length)];

/** A value that a schema takes; undefined where none was found. */
export function valueOf(schema: unknown, chance: Chance): unknown {
  if (schema instanceof z.ZodPrefault) return valueOf(schema.unwrap(), chance);
  // Left out: the default counts.
  if (schema instanceof z.ZodDefault) return chance() < kept ? undefined : valueOf(schema.unwrap(), chance);
  if (schema instanceof z.ZodOptional) return chance() < 0.5 ? undefined : valueOf(schema.unwrap(), chance);
  if (schema instanceof z.ZodPipe) return valueOf(schema.in, chance);
  if (schema instanceof z.ZodBoolean) return chance() < 0.5;
  if (schema instanceof z.ZodEnum) return oneOf(chance, schema.options);
  if (schema instanceof z.ZodLiteral) return [...schema.values][0];
  if (schema instanceof z.ZodUnion) return valueOf(oneOf(chance, schema.options), chance);
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema;
    const [least, most] = [minValue ?? 0, maxValue ?? 1];
    return oneOf(chance, [
      least,
      most,
      schema.format === "safeint" ? Math.floor((least + most) / 2) : (least + most) / 2,
    ]);
  }
  if (schema instanceof z.ZodArray) {
    return Array.from({ length: Math.floor(chance() * 3) }, () => valueOf(schema.element, chance)).filter(
      (item) => item !== undefined,
    );
  }
  if (schema instanceof z.ZodRecord) {
    const value = chance() < 0.5 ? undefined : valueOf(schema.valueType, chance);
    return value === undefined ? {} : { [`name-${Math.floor(chance() * 3)}`]: value };
  }
  if (schema instanceof z.ZodObject) {
    return Object.fromEntries(
      Object.entries(schema.shape)
        .map(([key, field]) => [key, valueOf(field, chance)] as const)
        .filter(([, value]) => value !== undefined),
    );
  }
  const fitting = texts.filter((text) => (schema as z.ZodType).safeParse(text).success);
  return oneOf(chance, fitting);
}

/** Every setting, or part of one, by its path. */
function paths(schema: unknown, path: readonly string[] = []): { path: readonly string[]; schema: unknown }[] {
  const inner = schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (!(inner instanceof z.ZodObject)) return [{ path, schema }];
  return Object.entries(inner.shape).flatMap(([key, field]) => paths(field, [...path, key]));
}

/**
 * Settings by chance that the schema takes and that fit together: one setting after the other is changed, and a change that is
 * refused taken back.
 *
 * @param start settings to begin with, as Pulumi hands them over
 */
export function chanceSettings(chance: Chance, start: Readonly<Record<string, string>>): Record<string, string> {
  let config: Record<string, string> = { ...start };
  const inAnyOrder = paths(settingsSchema)
    .map((each) => ({ ...each, at: chance() }))
    .sort((one, other) => one.at - other.at);
  for (const { path, schema } of inAnyOrder) {
    if (path[0] === "artifactsMirror") continue;
    const changed = withValue(config, path, valueOf(schema, chance));
    if (isTaken(changed)) config = changed;
  }
  return config;
}

function withValue(config: Record<string, string>, [key = "", ...inner]: readonly string[], value: unknown) {
  if (value === undefined) return config;
  const parsed = inner.length === 0 ? value : withEntry(JSON.parse(config[key] ?? "{}"), inner, value);
  return { ...config, [key]: typeof parsed === "string" ? parsed : JSON.stringify(parsed) };
}

function isTaken(config: Record<string, string>): boolean {
  try {
    parseSettings(config);
    return true;
  } catch (error) {
    if (error instanceof SettingsError) return false;
    throw error;
  }
}
