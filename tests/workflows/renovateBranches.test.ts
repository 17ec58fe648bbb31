import assert from "node:assert/strict";
import { readProjectFile } from "../support/markdown.ts";

describe("Renovate's branches", () => {
  const text = readProjectFile("renovate.json");

  it("wait until others had time to find out what a release does: a branch's code runs with a preview's credentials", () => {
    const { minimumReleaseAge, internalChecksFilter } = JSON.parse(text) as Record<string, unknown>;
    // Without the filter the branch would be there from the first day.
    assert.deepEqual([minimumReleaseAge, internalChecksFilter], ["7 days", "strict"]);
  });

  it("are merged by people", () => {
    assert.doesNotMatch(text, /automerge/i);
  });
});
