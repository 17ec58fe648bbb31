import type { CrdSchema } from "./mirroredCrds.ts";

/**
 * What an API server with `fieldValidation=Strict` would say against a value: unknown fields, missing ones, wrong types, values that
 * are not allowed.
 *
 * @param path how messages name the value
 */
export function schemaErrors(schema: CrdSchema, value: unknown, path: string): string[] {
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true;
  if (!hasType(schema, value))
    return open && schema["type"] === undefined ? [] : [`${path}: ${JSON.stringify(value)} is no ${typeOf(schema)}`];
  const { enum: allowed, pattern } = schema;
  return [
    ...(Array.isArray(allowed) && !allowed.includes(value)
      ? [`${path}: ${String(value)} is none of ${allowed.join(", ")}`]
      : []),
    ...(typeof pattern === "string" && typeof value === "string" && !new RegExp(pattern).test(value)
      ? [`${path}: ${value} does not match ${pattern}`]
      : []),
    ...(Array.isArray(value)
      ? value.flatMap((item, index) => (schema.items ? schemaErrors(schema.items, item, `${path}[${index}]`) : []))
      : []),
    ...(isObject(value) ? objectErrors(schema, value, path, open) : []),
  ];
}

function objectErrors(schema: CrdSchema, value: Record<string, unknown>, path: string, open: boolean): string[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  return [
    ...required
      .filter((field) => !(field in value) && properties[field]?.["default"] === undefined)
      .map((field) => `${path}.${field} is missing`),
    ...Object.entries(value).flatMap(([field, inner]) => {
      const innerSchema = properties[field] ?? additionalProperties;
      if (innerSchema) return schemaErrors(innerSchema, inner, `${path}.${field}`);
      return open ? [] : [`${path}.${field} is not known`];
    }),
  ];
}

function hasType(schema: CrdSchema, value: unknown): boolean {
  if (schema["x-kubernetes-int-or-string"] === true) return typeof value === "string" || Number.isInteger(value);
  switch (schema["type"]) {
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "object":
      return isObject(value);
    default:
      return typeof value === schema["type"];
  }
}

function typeOf(schema: CrdSchema): string {
  return schema["x-kubernetes-int-or-string"] === true ? "integer or string" : String(schema["type"]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
