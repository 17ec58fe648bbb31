import { RE2JS } from "re2js";
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

// Half of a character, which no file of UTF-8 holds, and classes that Go does not have.
const unknownToGo = /\p{Surrogate}|\\p\{\^?(?:Emoji|Extended)/iu;

/** A pattern that the collector takes, and that matches nowhere where there is no text: there it would write its mask. */
export const maskPattern = z
  .string()
  .refine(isPattern, "a regular expression of RE2, without (?=, (?!, (?<=, \\1, that matches no empty text");

function isPattern(text: string): boolean {
  if (unknownToGo.test(text)) return false;
  try {
    const pattern = RE2JS.compile(text);
    return ["", "a", "a 1"].every((sample) => !matchesNothing(pattern, sample));
  } catch {
    return false;
  }
}

function matchesNothing(pattern: RE2JS, sample: string): boolean {
  const matcher = pattern.matcher(sample);
  while (matcher.find()) if (matcher.start() === matcher.end()) return true;
  return false;
}
