// For mocha's `--require`: runs the tests whose full titles are in the file that ONLY_TITLES names, and no hook of a suite that has none of
// them, as `--grep` does; so many titles are too long for an argument.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const titles = new Set(JSON.parse(readFileSync(process.env.ONLY_TITLES ?? "", "utf8")));
// The mocha of the project that is measured.
const { Runner } = createRequire(join(process.cwd(), "package.json"))("mocha");
const { run } = Runner.prototype;

Runner.prototype.run = function (...args) {
  this._grep = { test: (title) => titles.has(title) };
  return run.apply(this, args);
};
