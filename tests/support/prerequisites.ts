import assert from "node:assert/strict";

/**
 * `describe`, where this machine has what the tests need. Elsewhere they are skipped, and in CI they are a test that fails.
 *
 * @param missing what this machine lacks otherwise
 */
export function describeWhere(
  isThere: boolean,
  missing: string,
): (title: string, suite: (this: Mocha.Suite) => void) => void {
  if (isThere) return (title, suite) => describe(title, suite);
  if (process.env["CI"] === undefined) return (title, suite) => describe.skip(`${title}: needs ${missing}`, suite);
  return (title) => it(title, () => assert.fail(`this machine lacks ${missing}`));
}

/**
 * Skips a test, or those of a suite, where this machine lacks what they need. In CI that is an error.
 *
 * @param missing what this machine lacks otherwise
 */
export function skipUnless(context: Mocha.Context, isThere: boolean, missing: string): void {
  if (isThere) return;
  assert.equal(process.env["CI"], undefined, `this machine lacks ${missing}`);
  console.log(`    skipped: needs ${missing}`);
  context.skip();
}
