import { isFields } from "../../artifacts/manifests/objectPath.ts";
import { type Change, diffValues, joinPath } from "./values.ts";

/** Fields that tell the items of a list apart, the best first. */
const identities = ["name", "uid", "alert", "record", "title", "key", "id", "refId"];

/**
 * What differs between two values, field by field. Items of a list are compared by their names, wherever they stand, so that one more
 * item is one change: `containers[api].image`; those of a list of texts as a set: `args[]`.
 */
export function fieldChanges(old: unknown, wanted: unknown, path = ""): Change[] {
  if (Array.isArray(old) && Array.isArray(wanted)) return listChanges(old, wanted, path);
  if (!isFields(old) || !isFields(wanted)) return diffValues(old, wanted, path);
  const keys = [...new Set([...Object.keys(old), ...Object.keys(wanted)])].sort();
  return keys.flatMap((key) => fieldChanges(old[key], wanted[key], joinPath(path, key)));
}

/** Every field of that name in a value, with the path to it. */
export function fieldsNamed(name: string, value: unknown, path = ""): { path: string; value: unknown }[] {
  if (Array.isArray(value)) {
    const keys = listKeys(value);
    return value.flatMap((item, index) => fieldsNamed(name, item, `${path}[${keys?.[index] ?? index}]`));
  }
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const innerPath = joinPath(path, key);
    return key === name ? [{ path: innerPath, value: inner }] : fieldsNamed(name, inner, innerPath);
  });
}

function listChanges(old: readonly unknown[], wanted: readonly unknown[], path: string): Change[] {
  const [oldKeys, newKeys] = [listKeys(old), listKeys(wanted)];
  if (oldKeys !== undefined && newKeys !== undefined) {
    const keys = [...oldKeys, ...newKeys.filter((key) => !oldKeys.includes(key))];
    return [
      ...keys.flatMap((key) =>
        fieldChanges(old[oldKeys.indexOf(key)], wanted[newKeys.indexOf(key)], `${path}[${key}]`),
      ),
      ...orderChange(oldKeys, newKeys, path),
    ];
  }
  const allScalar = [...old, ...wanted].every((item) => typeof item !== "object" || item === null);
  if (allScalar || old.length !== wanted.length) return setChanges(old, wanted, path);
  return old.flatMap((item, index) => fieldChanges(item, wanted[index], `${path}[${index}]`));
}

/** What tells the items of a list apart; `undefined` when one of them has nothing for it. */
function listKeys(items: readonly unknown[]): string[] | undefined {
  const seen = new Map<string, number>();
  const keys: string[] = [];
  for (const item of items) {
    const field = isFields(item)
      ? identities.find((name) => ["string", "number"].includes(typeof item[name]))
      : undefined;
    if (field === undefined) return undefined;
    const key = String((item as Record<string, unknown>)[field]);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    keys.push(count === 1 ? key : `${key} (${count})`);
  }
  return keys;
}

function setChanges(old: readonly unknown[], wanted: readonly unknown[], path: string): Change[] {
  const [oldTexts, newTexts] = [old.map(textOf), wanted.map(textOf)];
  const removed = old.filter((item) => !newTexts.includes(textOf(item)));
  const added = wanted.filter((item) => !oldTexts.includes(textOf(item)));
  const changes = removed.map((item) => {
    const isSuccessor = (other: unknown) => stem(other) === stem(item) || (isLong(other) && isLong(item));
    const successor = added.findIndex(isSuccessor);
    return { path: `${path}[]`, old: item, new: successor === -1 ? undefined : added.splice(successor, 1)[0] };
  });
  const others = added.map((item) => ({ path: `${path}[]`, old: undefined, new: item }));
  return [...changes, ...others, ...orderChange(old, wanted, path)];
}

/** Tells a number from the text of it. */
function textOf(item: unknown): string {
  return JSON.stringify(item);
}

/** What stays the same when an image gets another tag, or an argument another value. */
function stem(item: unknown): unknown {
  if (typeof item === "object") return item;
  const text = typeof item === "string" ? item : textOf(item);
  return text.replace(/[:=][^:=/]*$/, "");
}

/** A script stays one, however it changes. */
function isLong(item: unknown): boolean {
  return typeof item === "string" && item.includes("\n");
}

/** Whether the items that both lists have stand in another order. */
function orderChange(old: readonly unknown[], wanted: readonly unknown[], path: string): Change[] {
  const [oldTexts, newTexts] = [old.map(textOf), wanted.map(textOf)];
  const before = old.filter((item) => newTexts.includes(textOf(item)));
  const after = wanted.filter((item) => oldTexts.includes(textOf(item)));
  return textOf(before) === textOf(after) ? [] : [{ path: `${path} (order)`, old: before, new: after }];
}
