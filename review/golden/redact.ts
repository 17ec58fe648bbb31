/** How Pulumi marks a wrapped value, and the mark of a secret. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** What stands for a secret value. */
export const secretMark = "[secret]";

/** Whether a value as it goes to the engine is wrapped as a secret. */
export function isSecret(value: unknown): value is { readonly value: unknown } {
  return isRecord(value) && value[signatureKey] === secretSignature;
}

/** A value as it goes to the engine, with `[secret]` for what is secret; the keys of a secret object stay. */
export function redact(value: unknown): unknown {
  if (isSecret(value)) return mask(value.value);
  return mapValues(value, redact);
}

/** A value with `[secret]` for each text and number in it. */
export function mask(value: unknown): unknown {
  return Array.isArray(value) || isRecord(value) ? mapValues(value, mask) : secretMark;
}

function mapValues(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
