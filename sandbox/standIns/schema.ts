/** A structural schema of a CustomResourceDefinition, as far as the stand-ins need one. */
export interface Schema {
  type?: "string" | "integer" | "boolean" | "object" | "array";
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema;
  anyOf?: Schema[];
  /** What the API server fills in. */
  default?: string;
  "x-kubernetes-int-or-string"?: true;
  "x-kubernetes-preserve-unknown-fields"?: true;
}

export const string: Schema = { type: "string" };
export const boolean: Schema = { type: "boolean" };
export const integer: Schema = { type: "integer" };
export const time: Schema = { type: "string", format: "date-time" };

/** A port by number or name, or a quantity such as `1` or `100Mi`. */
export const intOrString: Schema = {
  anyOf: [{ type: "integer" }, { type: "string" }],
  "x-kubernetes-int-or-string": true,
};

/** An object of any content: only where upstream's schema leaves it open too. */
export const open: Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

/** An object with these fields and no others. */
export function object(properties: Record<string, Schema> = {}, required: string[] = []): Schema {
  // An empty list of required fields is no valid schema.
  return { type: "object", properties, ...(required.length === 0 ? {} : { required }) };
}

export function list(items: Schema): Schema {
  return { type: "array", items };
}

/** An object with keys that nobody knows beforehand, such as labels. */
export function mapOf(values: Schema): Schema {
  return { type: "object", additionalProperties: values };
}
