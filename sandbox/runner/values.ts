import * as pulumi from "@pulumi/pulumi";
import { REDACTED } from "../kube/diff.ts";

/** A resource's inputs as plain data. */
export interface PlainInputs {
  values: Record<string, unknown>;
  /** Names of the inputs that are, or hold, a secret. */
  secret: Set<string>;
  /** Whether some value is not known before an `up`. */
  hasUnknown: boolean;
}

/** Shown instead of a value that is not known before an `up`. */
export const UNKNOWN = "[known after up]";

/** Takes the marks of secrets and unknowns off inputs as the SDK's monitor gives them: it marks secrets per input. */
export function plainInputs(inputs: Record<string, unknown>): PlainInputs {
  const secret = new Set(Object.keys(inputs).filter((name) => isMarkedSecret(inputs[name])));
  const values = Object.entries(inputs).map(([name, value]) => [name, isMarkedSecret(value) ? value.value : value]);
  const unwrapped = Object.fromEntries(values) as Record<string, unknown>;
  return { values: unwrapped, secret, hasUnknown: pulumi.containsUnknowns(Object.values(unwrapped)) };
}

/** A resource's outputs with the mark on those that are secret. */
export function markSecrets(state: Record<string, unknown>, secret: ReadonlySet<string>): Record<string, unknown> {
  const entries = Object.entries(state).map(([name, value]) => [name, secret.has(name) ? pulumi.secret(value) : value]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/**
 * Outputs as the SDK sends them to its monitor, secrets marked wherever they are nested, as plain data.
 *
 * @param showSecrets keep secrets in clear instead of "[secret]"
 */
export function plainOutputs(value: unknown, showSecrets: boolean): unknown {
  if (value === pulumi.runtime.unknownValue) return UNKNOWN;
  if (Array.isArray(value)) return value.map((element) => plainOutputs(element, showSecrets));
  if (typeof value !== "object" || value === null) return value;
  if (isMarkedSecret(value)) return showSecrets ? plainOutputs(value.value, true) : REDACTED;
  return Object.fromEntries(Object.entries(value).map(([key, nested]) => [key, plainOutputs(nested, showSecrets)]));
}

/** The SDK exports no type for its marks. */
function isMarkedSecret(value: unknown): value is { value: unknown } {
  return pulumi.runtime.isRpcSecret(value);
}
