import { cutTo, differingFrom } from "./shownPart.ts";
import { textChangeLines } from "./textChange.ts";

/** One field that differs; a missing value is undefined. */
export interface Change {
  /** e.g. `spec.template.spec.containers[0].image`. */
  path: string;
  old: unknown;
  new: unknown;
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
  const start = differingFrom(old, wanted);
  return `${change.path}: ${cutTo(old, start)} -> ${cutTo(wanted, start)}`;
}

/** A change as lines: one, or the lines that differ in a text of several. */
export function changeLines(change: Change): string[] {
  const { path, old, new: wanted } = change;
  if (typeof old !== "string" || typeof wanted !== "string" || !(hasLines(old) || hasLines(wanted))) {
    return [describeChange(change)];
  }
  return [`${path}:`, ...textChangeLines(old, wanted).map((line) => `  ${line}`)];
}

function hasLines(text: string): boolean {
  return /\n./.test(text);
}

function show(value: unknown): string {
  return value === undefined ? "(none)" : JSON.stringify(value);
}

/** Keys with dots (labels, annotations) are quoted in brackets, so that a path can be read one way only. */
export function joinPath(path: string, key: string): string {
  if (!/^[A-Za-z0-9_$-]+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
