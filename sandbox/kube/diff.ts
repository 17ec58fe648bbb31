/** One field that differs; a missing value is undefined. */
export interface Change {
  /** e.g. `spec.template.spec.containers[0].image`. */
  path: string;
  old: unknown;
  new: unknown;
}

/** Shown instead of a value that must not be seen. */
export const REDACTED = "[secret]";

/** Written by the server on every change or by controllers: never what a program wants. */
const SERVER_FIELDS = new Set([
  "managedFields",
  "resourceVersion",
  "generation",
  "uid",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "selfLink",
]);

/**
 * What differs between two versions of an object, field by field, without what only the server writes. Fields of the
 * top level in `secret`, and the values of a Secret, are redacted.
 *
 * @param old the live object
 * @param wanted the object as it would be
 * @param secret names of top-level fields that hold secrets
 */
export function diffObjects(
  old: Record<string, unknown>,
  wanted: Record<string, unknown>,
  secret: ReadonlySet<string> = new Set(),
): Change[] {
  const hidden = old.kind === "Secret" ? new Set([...secret, "data", "stringData"]) : secret;
  const changes = diffValues(withoutServerFields(old), withoutServerFields(wanted), "");
  return changes.map((change) => (hidden.has(topField(change.path)) ? redact(change) : change));
}

/** What differs between two values, field by field; lists are compared by position. */
export function diffValues(old: unknown, wanted: unknown, path: string): Change[] {
  if (Object.is(old, wanted)) return [];
  if (Array.isArray(old) && Array.isArray(wanted)) {
    const length = Math.max(old.length, wanted.length);
    return Array.from({ length }, (_, index) =>
      diffValues(old[index], wanted[index], `${path}[${String(index)}]`),
    ).flat();
  }
  if (isRecord(old) && isRecord(wanted)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(wanted)])].sort();
    return keys.flatMap((key) => diffValues(old[key], wanted[key], joinPath(path, key)));
  }
  return [{ path, old, new: wanted }];
}

/** A change as one line, e.g. `spec.replicas: 1 -> 2`; of long texts only the part where they differ. */
export function describeChange(change: Change): string {
  const [old, wanted] = [show(change.old), show(change.new)];
  const start =
    old.length + wanted.length > 2 * SHOWN_LENGTH ? Math.max(0, commonStart(old, wanted) - CONTEXT_LENGTH) : 0;
  return `${change.path}: ${cut(old, start)} -> ${cut(wanted, start)}`;
}

const SHOWN_LENGTH = 120;
const CONTEXT_LENGTH = 20;

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

function cut(text: string, start: number): string {
  const end = start + SHOWN_LENGTH;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${text.length > end ? "…" : ""}`;
}

function show(value: unknown): string {
  if (value === undefined) return "(none)";
  return value === REDACTED ? REDACTED : JSON.stringify(value);
}

function redact(change: Change): Change {
  const hide = (value: unknown) => (value === undefined ? undefined : REDACTED);
  return { path: change.path, old: hide(change.old), new: hide(change.new) };
}

function withoutServerFields(object: Record<string, unknown>): Record<string, unknown> {
  const rest = Object.fromEntries(Object.entries(object).filter(([key]) => key !== "status"));
  if (!isRecord(rest.metadata)) return rest;
  const metadata = Object.entries(rest.metadata).filter(([key]) => !SERVER_FIELDS.has(key));
  return { ...rest, metadata: Object.fromEntries(metadata) };
}

function topField(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? "";
}

/** Keys with dots (labels, annotations) are quoted in brackets, so that a path can be read one way only. */
export function joinPath(path: string, key: string): string {
  if (!/^[A-Za-z0-9_$-]+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
