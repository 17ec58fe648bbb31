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

/** Half of a character, which no file of UTF-8 holds. */
const halfCharacter = /\p{Surrogate}/u;

/** Scripts that came to Unicode after version 15, which is that of Go 1.25. */
const newScripts =
  /^(?:Garay|Gurung_Khema|Kirat_Rai|Ol_Onal|Sunuwar|Todhri|Tulu_Tigalari|Beria_Erfe|Sidetic|Tai_Yo|Tolong_Siki)$/;

/** An escape, and of a class of Unicode its name. */
const escape = /\\(?:[pP](?:\{\^?(?<long>[^}]*)\}|(?<short>.))|.)/gsu;

/** A pattern that the collector takes, and that matches nowhere where there is no text: there it would write its mask. */
export const maskPattern = z
  .string()
  .refine(isPattern, "a regular expression of RE2, without (?=, (?!, (?<=, \\1, that matches no empty text");

function isPattern(text: string): boolean {
  if (halfCharacter.test(text) || !hasClassesOfGo(text)) return false;
  try {
    const pattern = RE2JS.compile(text);
    return ["", "a", "a 1"].every((sample) => !matchesNothing(pattern, sample));
  } catch {
    return false;
  }
}

/** Whether it names categories and scripts only: re2js 2.10 also takes Unicode's properties, such as `\p{Alphabetic}`, which Go has not. */
function hasClassesOfGo(text: string): boolean {
  const names = [...text.matchAll(escape)].flatMap(({ groups }) => groups?.["long"] ?? groups?.["short"] ?? []);
  return names.every((name) => /^[CLMNPSZ][a-z]?$/.test(name) || isScript(name));
}

function isScript(name: string): boolean {
  try {
    return !newScripts.test(name) && new RegExp(`\\p{Script=${name}}`, "u").source !== "";
  } catch {
    return false;
  }
}

function matchesNothing(pattern: RE2JS, sample: string): boolean {
  const matcher = pattern.matcher(sample);
  while (matcher.find()) if (matcher.start() === matcher.end()) return true;
  return false;
}
