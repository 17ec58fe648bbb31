/** Pieces of statements of OTTL, the language of the collector's processors, and of its configuration. */

/**
 * A text as the collector's configuration takes it: each `$` doubled, which would begin a variable there.
 *
 * @param text such as a regular expression
 */
export function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/**
 * A text as OTTL takes it in the collector's configuration: quoted.
 *
 * @param text such as a regular expression
 */
export function quoted(text: string): string {
  return literal(JSON.stringify(text));
}
