import type { CrdSchema, MirroredCrd } from "../../review/crds/mirroredCrds.ts";

/** One difference between two versions of a CustomResourceDefinition. */
export interface CrdChange {
  /** Such as `Prometheus monitoring.coreos.com/v1`; the kind alone when the whole definition came or went. */
  readonly resource: string;
  /** Field, such as `spec.endpoints[].port`; empty for the version itself. */
  readonly path: string;
  readonly what: "added" | "removed" | "required" | "type" | "values";
  /** What is allowed now: a type or the values. */
  readonly detail?: string;
}

/**
 * What differs between the CRDs of two releases: kinds, versions and fields that came or went, fields that are required now, other types, and values
 * that are no longer allowed. Descriptions and the like do not count. Below a field that came or went nothing is listed.
 */
export function crdChanges(before: readonly MirroredCrd[], after: readonly MirroredCrd[]): CrdChange[] {
  const [old, wanted] = [versionsOf(before), versionsOf(after)];
  return [...new Set([...old.keys(), ...wanted.keys()])].sort().flatMap((resource): CrdChange[] => {
    const [gone, made] = [old.get(resource), wanted.get(resource)];
    if (made === undefined) return [{ resource, path: "", what: "removed" }];
    if (gone === undefined) return [{ resource, path: "", what: "added" }];
    return schemaChanges(gone, made, "").map((change) => ({ resource, ...change }));
  });
}

/** Schemas by kind and API version. */
function versionsOf(crds: readonly MirroredCrd[]): Map<string, CrdSchema> {
  return new Map(
    crds.flatMap(({ kind, group, versions }) =>
      Object.entries(versions).map(([version, { schema }]) => [`${kind} ${group}/${version}`, schema] as const),
    ),
  );
}

type FieldChange = Omit<CrdChange, "resource">;

function schemaChanges(before: CrdSchema, after: CrdSchema, path: string): FieldChange[] {
  return [
    ...ownChanges(before, after, path),
    ...propertyChanges(before, after, path),
    ...innerChanges(before.items, after.items, `${path}[]`),
    ...innerChanges(before.additionalProperties, after.additionalProperties, `${path}.*`),
  ];
}

function ownChanges(before: CrdSchema, after: CrdSchema, path: string): FieldChange[] {
  const [oldType, newType] = [typeOf(before), typeOf(after)];
  if (oldType !== newType) return [{ path, what: "type", detail: newType }];
  const [oldValues, newValues] = [before["enum"], after["enum"]];
  if (!Array.isArray(newValues)) return [];
  const isNarrower = !Array.isArray(oldValues) || oldValues.some((value) => !newValues.includes(value));
  return isNarrower ? [{ path, what: "values", detail: newValues.join(", ") }] : [];
}

function propertyChanges(before: CrdSchema, after: CrdSchema, path: string): FieldChange[] {
  const { properties: old = {}, required: oldRequired = [] } = before;
  const { properties: wanted = {}, required: newRequired = [] } = after;
  return [...new Set([...Object.keys(old), ...Object.keys(wanted)])].sort().flatMap((name): FieldChange[] => {
    const [gone, made] = [old[name], wanted[name]];
    const field = path === "" ? name : `${path}.${name}`;
    if (made === undefined) return [{ path: field, what: "removed" }];
    const isNew = newRequired.includes(name) && !oldRequired.includes(name) && made["default"] === undefined;
    const required: FieldChange[] = isNew ? [{ path: field, what: "required" }] : [];
    return gone === undefined
      ? [{ path: field, what: "added" }, ...required]
      : [...required, ...schemaChanges(gone, made, field)];
  });
}

function innerChanges(before: CrdSchema | undefined, after: CrdSchema | undefined, path: string): FieldChange[] {
  // Another type of the field itself says the rest.
  return before === undefined || after === undefined ? [] : schemaChanges(before, after, path);
}

function typeOf(schema: CrdSchema): string {
  if (schema["x-kubernetes-int-or-string"] === true) return "integer or string";
  return typeof schema["type"] === "string" ? schema["type"] : "anything";
}

/** Changes as lines, by resource; fields that came are only counted. */
export function crdChangeLines(changes: readonly CrdChange[]): string[] {
  const resources = [...new Set(changes.map(({ resource }) => resource))];
  return resources.flatMap((resource) => {
    const own = changes.filter((change) => change.resource === resource);
    const added = own.filter(({ what, path }) => what === "added" && path !== "").length;
    const others = own.filter(({ what, path }) => what !== "added" || path === "");
    return [
      `${resource}: ${added === 0 ? "no new field" : `${added} new fields`}`,
      ...others.map(
        ({ path, what, detail }) => `  ${path === "" ? "the version itself" : path}: ${words(what, detail)}`,
      ),
    ];
  });
}

function words(what: CrdChange["what"], detail = ""): string {
  const texts = {
    added: "new",
    removed: "removed",
    required: "required now",
    type: "type is now",
    values: "allowed now:",
  };
  return `${texts[what]} ${detail}`.trim();
}
