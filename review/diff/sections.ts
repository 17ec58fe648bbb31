import { type ObjectChange, rightsKinds } from "./objectChanges.ts";

/** Changes that are read together. */
export interface Section {
  readonly title: string;
  readonly changes: readonly ObjectChange[];
}

/**
 * Changes in the order in which a reviewer must see them: images, rights, then everything else. No field is in two sections, and a
 * section without a change is left out.
 */
export function sections(changes: readonly ObjectChange[]): Section[] {
  const rights = changes.filter(({ kind }) => rightsKinds.has(kind));
  const others = changes.filter(({ kind }) => !rightsKinds.has(kind));
  const all = [
    { title: "Images", changes: others.flatMap((change) => withFields(change, isImage, "only fields")) },
    { title: "Rights (RBAC)", changes: rights },
    {
      title: "Other changes",
      changes: others.flatMap((change) => withFields(change, (path) => !isImage(path), "the object too")),
    },
  ];
  return all.filter((section) => section.changes.length > 0);
}

/** A change with some of its fields; `keep` says whether an object that was added or removed is one without a field. */
function withFields(
  change: ObjectChange,
  wanted: (path: string) => boolean,
  keep: "only fields" | "the object too",
): ObjectChange[] {
  const fields = change.changes.filter(({ path }) => wanted(path));
  const isItself = keep === "the object too" && change.action !== "changed";
  return fields.length > 0 || isItself ? [{ ...change, changes: fields }] : [];
}

/** `spec.image`, and the stack's output `images`. */
function isImage(path: string): boolean {
  return /(^|\.)image$/.test(path) || path.startsWith("images[]");
}
