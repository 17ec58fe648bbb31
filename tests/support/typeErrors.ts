import ts from "typescript";
import type { CrdSchema } from "../../review/crds/mirroredCrds.ts";

/**
 * Where a hand-written type allows what a CRD's schema does not: fields that it does not have, other types, other literals, and fields
 * that it requires and the type does not.
 *
 * @param path how messages name the type
 */
export function typeErrors(checker: ts.TypeChecker, type: ts.Type, schema: CrdSchema, path: string): string[] {
  // Free-form for the operator: everything below is allowed.
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true;
  if (open && schema.properties === undefined) return [];
  if (type.isUnion() && !isBoolean(type)) {
    return type.types
      .filter((member) => !isUndefined(member))
      .flatMap((member) => typeErrors(checker, member, schema, path));
  }
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    if (schema["type"] !== "array" || !schema.items || !item) return [`${path} is a list, not ${typeOf(schema)}`];
    return typeErrors(checker, item, schema.items, `${path}[]`);
  }
  const scalar = scalarOf(type);
  if (scalar !== undefined) return scalarErrors(type, scalar, schema, path);
  if ((type.flags & ts.TypeFlags.Object) === 0)
    return [`${path} is ${checker.typeToString(type)}, not ${typeOf(schema)}`];
  return schema["type"] === "object"
    ? objectErrors(checker, type, schema, path)
    : [`${path} is an object, not ${typeOf(schema)}`];
}

function objectErrors(checker: ts.TypeChecker, type: ts.Type, schema: CrdSchema, path: string): string[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true;
  const declared = type.getProperties();
  const errors = declared.flatMap((property) => {
    const inner = properties[property.name] ?? additionalProperties;
    if (inner) return typeErrors(checker, checker.getTypeOfSymbol(property), inner, `${path}.${property.name}`);
    return open ? [] : [`${path}.${property.name} is not known`];
  });
  const values = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (values) {
    if (!additionalProperties) return [...errors, `${path} has any key, not ${Object.keys(properties).join(", ")}`];
    return [...errors, ...typeErrors(checker, values, additionalProperties, `${path}.*`)];
  }
  const certain = declared.filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0).map(({ name }) => name);
  const missing = required.filter((field) => properties[field]?.["default"] === undefined && !certain.includes(field));
  return [...errors, ...missing.map((field) => `${path}.${field} is required`)];
}

function scalarErrors(type: ts.Type, scalar: string, schema: CrdSchema, path: string): string[] {
  const types = schema["x-kubernetes-int-or-string"] === true ? ["integer", "string"] : [String(schema["type"])];
  const fits = types.includes(scalar) || (scalar === "number" && types.includes("integer"));
  if (!fits) return [`${path} is a ${scalar}, not ${typeOf(schema)}`];
  const allowed = schema["enum"];
  if (!Array.isArray(allowed)) return [];
  const found = type.isStringLiteral() || type.isNumberLiteral() ? type.value : `any ${scalar}`;
  return allowed.includes(found) ? [] : [`${path} is ${found}, not one of ${allowed.join(", ")}`];
}

function scalarOf(type: ts.Type): "string" | "number" | "boolean" | undefined {
  if ((type.flags & ts.TypeFlags.StringLike) !== 0) return "string";
  if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return "number";
  return isBoolean(type) ? "boolean" : undefined;
}

/** `boolean` is the union of `true` and `false`. */
function isBoolean(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.BooleanLike) !== 0;
}

function isUndefined(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Undefined) !== 0;
}

function typeOf(schema: CrdSchema): string {
  return schema["x-kubernetes-int-or-string"] === true ? "integer or string" : String(schema["type"]);
}
