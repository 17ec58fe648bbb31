import assert from "node:assert/strict";
import { validRange as pythonRange } from "@renovatebot/pep440";
import { validRange as npmRange } from "semver";
import { versions } from "../../../catalog/versions.ts";
import { readInstrumentedFile } from "../../../scripts/injectionCheck/instrumented.ts";

describe("the data file of what is instrumented", () => {
  const { pythonAutoInstrumentation, nodejsAutoInstrumentation, python, nodejs } = readInstrumentedFile();

  it("is of the versions that the platform injects", () => {
    assert.deepEqual(
      { pythonAutoInstrumentation, nodejsAutoInstrumentation },
      {
        pythonAutoInstrumentation: versions.pythonAutoInstrumentation,
        nodejsAutoInstrumentation: versions.nodejsAutoInstrumentation,
      },
    );
  });

  it("has ranges that the check can compare", () => {
    const pythonRanges = Object.values(python).flatMap(({ all, any }) => [...all, ...any].map(({ range }) => range));
    assert.ok(pythonRanges.length > 40);
    assert.deepEqual(
      pythonRanges.filter((range) => !pythonRange(range)),
      [],
    );
    const npmRanges = Object.values(nodejs).flatMap((list) => list.map(({ range }) => range));
    assert.ok(npmRanges.length > 40);
    assert.deepEqual(
      npmRanges.filter((range) => npmRange(range) === null),
      [],
    );
  });
});
