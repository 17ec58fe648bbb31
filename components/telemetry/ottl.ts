/** Pieces of statements of OTTL, the language of the collector's processors. */

/**
 * A text as OTTL and the collector's configuration take it: quoted, and with each `$` doubled, which would begin a variable there.
 *
 * @param text such as a regular expression
 */
export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("$", "$$$$");
}
