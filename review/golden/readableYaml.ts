import { dump } from "js-yaml";

/** Fields that a reader looks for first. */
const firstKeys = ["apiVersion", "kind", "metadata", "name", "namespace", "chart", "version"];

/** A value as YAML whose order depends on nothing but its keys, so that only what changed shows in a comparison. */
export function readableYaml(value: unknown): string {
  return dump(value, { noArrayIndent: true, noRefs: true, lineWidth: -1, sortKeys: compareKeys });
}

function compareKeys(a: string, b: string): number {
  const [first, second] = [a, b].map((key) => (firstKeys.includes(key) ? firstKeys.indexOf(key) : firstKeys.length));
  return (first ?? 0) - (second ?? 0) || (a < b ? -1 : 1);
}
