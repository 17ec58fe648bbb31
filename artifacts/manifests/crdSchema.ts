import { type Fields, isFields, updateAt } from "./objectPath.ts";

/** Fields of a schema that hold one schema. */
const single = ["items", "additionalProperties", "not"];
/** Fields of a schema that hold a list of schemas. */
const lists = ["allOf", "anyOf", "oneOf"];

/**
 * A CustomResourceDefinition without the descriptions in its schemas: they are most of its size, and a Helm release record must stay
 * under 1 MiB. `kubectl explain` then shows types without prose.
 */
export function withoutDescriptions<T extends Fields>(crd: T): T {
  return updateAt(crd, ["spec", "versions", "*", "schema", "openAPIV3Schema"], stripSchema) as T;
}

function stripSchema(schema: unknown): unknown {
  if (!isFields(schema)) return schema;
  const stripped: Fields = {};
  for (const [field, value] of Object.entries(schema)) {
    if (field === "description") continue;
    // Keys of `properties` are names of fields: one called "description" is no description.
    if (field === "properties" && isFields(value)) stripped[field] = mapValues(value, stripSchema);
    else if (single.includes(field)) stripped[field] = stripSchema(value);
    else if (lists.includes(field) && Array.isArray(value)) stripped[field] = value.map(stripSchema);
    else stripped[field] = value;
  }
  return stripped;
}

function mapValues(fields: Fields, change: (value: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
}
