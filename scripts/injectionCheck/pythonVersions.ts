import { satisfies } from "@renovatebot/pep440";
import npmSatisfies from "semver/functions/satisfies.js";

/** The lowest Python on which the injected packages run. */
export const minimumPython = "3.10";

/** One version of each release below it, late enough for ranges that leave out early patches. */
const tooOld = ["2.7.99", ...Array.from({ length: 10 }, (_, minor) => `3.${minor}.99`)];

/**
 * Whether a range of Python versions allows one below 3.10.
 *
 * @param range as `requires-python` has it, or as Poetry does: with `^`, `~`, `*` and `||`
 */
export function allowsTooOldPython(range: string): boolean {
  const alternatives = range.split("||").map((alternative) => alternative.split(/[\s,]+(?=[^\d.])|,/));
  return alternatives.some((clauses) =>
    tooOld.some((version) => clauses.every((clause) => satisfiesClause(version, clause.trim()))),
  );
}

function satisfiesClause(version: string, clause: string): boolean {
  if (clause === "" || clause === "*") return true;
  // What Poetry has beside PEP 440 means what it means to npm.
  if (/^\^|^~(?!=)/.test(clause)) return npmSatisfies(version, clause);
  return satisfies(version, /^\d/.test(clause) ? `==${clause}` : clause);
}
