import { z } from "zod";

/**
 * What is masked by default. Each begins with a literal, by which the search in a line costs next to nothing; so there is no `(?i)`, and
 * `earer ` is of Bearer and of bearer.
 */
export const maskedByDefault = [
  "(earer )[A-Za-z0-9._~+/=-]{8,}",
  String.raw`(://[^/:@"\s]*:)[^/@"\s]+(@)`,
  "A[KS]IA[0-9A-Z]{16}",
  "(ecret_?[Aa]ccess_?[Kk]ey[^A-Za-z0-9/+]{1,5})[A-Za-z0-9/+]{40}",
  "(SECRET_ACCESS_KEY[^A-Za-z0-9/+]{1,5})[A-Za-z0-9/+]{40}",
] as const;

/** A pattern that the collector takes: RE2 knows no look-around and no reference to a group. */
export const maskPattern = z
  .string()
  .min(1, "a regular expression of RE2, and not empty")
  .refine(isPattern, "a regular expression of RE2, without (?=, (?!, (?<, \\1");

function isPattern(text: string): boolean {
  if (/\(\?<?[=!]|\\[1-9]/.test(text)) return false;
  try {
    // Names of groups and flags are written otherwise here.
    new RegExp(text.replaceAll("(?P<", "(?<").replaceAll(/\(\?[imsU]+\)/g, ""), "u");
    return true;
  } catch {
    return false;
  }
}
