import type { Fields } from "../../artifacts/manifests/objectPath.ts";
import type { Change } from "./values.ts";
import { fieldChanges, fieldsNamed } from "./fieldChanges.ts";
import type { ReviewObject, StackObjects } from "./reviewObjects.ts";

/** Kinds that say who may do what. */
export const rightsKinds: ReadonlySet<string> = new Set([
  "ClusterRole",
  "ClusterRoleBinding",
  "Role",
  "RoleBinding",
  "ServiceAccount",
]);

/** What happened to one object, the same in each of some stacks. */
export interface ObjectChange {
  readonly component: string;
  readonly label: string;
  readonly kind: string;
  readonly action: "added" | "removed" | "changed";
  /** The changed fields; of an added or removed object its images, or the rights that it gives. */
  readonly changes: readonly Change[];
  readonly stacks: readonly string[];
}

/** The fields of it as JSON, for the help of commands. */
export const objectsForm = `
  "component", "label" (kind and name), "kind", "action" (added, removed, changed), "stacks"
  "changes"  [{"path", "old"?, "new"?}], of an object that is new or gone its images, or the rights that it gives`;

/**
 * What differs between two sets of objects, sorted by component. A change that several stacks have is one; a stack that is new or gone has
 * all of its objects added or removed.
 */
export function objectChanges(before: StackObjects, after: StackObjects): ObjectChange[] {
  const merged = new Map<string, ObjectChange>();
  for (const stack of new Set([...before.keys(), ...after.keys()])) {
    for (const change of stackChanges(before.get(stack) ?? [], after.get(stack) ?? [])) {
      const key = JSON.stringify(change);
      merged.set(key, { ...change, stacks: [...(merged.get(key)?.stacks ?? []), stack] });
    }
  }
  const position = ({ component, label }: ObjectChange) => `${component}\n${label}`;
  return [...merged.values()].sort((a, b) => (position(a) < position(b) ? -1 : 1));
}

type StackChange = Omit<ObjectChange, "stacks">;

function stackChanges(before: readonly ReviewObject[], after: readonly ReviewObject[]): StackChange[] {
  const [old, wanted] = [byPlace(before), byPlace(after)];
  return [...new Set([...old.keys(), ...wanted.keys()])].flatMap((place): StackChange[] => {
    const [gone, made] = [old.get(place), wanted.get(place)];
    const described = made ?? gone;
    if (described === undefined) return [];
    const { component, label, kind, fields } = described;
    const change = { component, label, kind };
    if (made === undefined) return [{ ...change, action: "removed", changes: essence(kind, fields).map(reversed) }];
    if (gone === undefined) return [{ ...change, action: "added", changes: essence(kind, fields) }];
    const changes = fieldChanges(gone.fields, made.fields);
    return changes.length === 0 ? [] : [{ ...change, action: "changed", changes }];
  });
}

function byPlace(objects: readonly ReviewObject[]): Map<string, ReviewObject> {
  return new Map(objects.map((object) => [`${object.component}\n${object.label}`, object]));
}

/** What a reviewer must see of an object that is new or gone: the rights that it gives, the images that it runs. */
function essence(kind: string, fields: Fields): Change[] {
  if (!rightsKinds.has(kind)) {
    return fieldsNamed("image", fields).map(({ path, value }) => ({ path, old: undefined, new: value }));
  }
  const { rules = [], subjects = [], roleRef } = fields;
  return fieldChanges({ rules: [], subjects: [] }, { rules, subjects, roleRef });
}

function reversed({ path, old, new: wanted }: Change): Change {
  return { path, old: wanted, new: old };
}
