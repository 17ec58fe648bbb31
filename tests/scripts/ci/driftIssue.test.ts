import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { driftState, withStack } from "../../../scripts/ci/driftIssue.ts";
import { bodyLimit } from "../../../review/diff/markdown.ts";
import type { CommandReport } from "../../../scripts/ci/previewReport.ts";

const day = "2026-01-31";
const log = "https://github.com/example/platform/actions/runs/7";

function recorded(name: string): string {
  return readFileSync(join(import.meta.dirname, "../../fixtures/refresh", `${name}.txt`), "utf8");
}

function same(stack: string): CommandReport {
  return { stack, output: recorded("unchanged"), succeeded: true, log };
}

function changed(stack: string): CommandReport {
  return { stack, output: recorded("changed"), succeeded: false, log };
}

function failed(stack: string): CommandReport {
  return { stack, output: recorded("failed"), succeeded: false, log };
}

describe("driftState", () => {
  it("tells a difference from a failure, which have one exit code", () => {
    assert.equal(driftState(same("dev")), "none");
    assert.equal(driftState(changed("dev")), "drift");
    assert.equal(driftState(failed("dev")), "failed");
    // As older versions of the CLI say it.
    const older = "error: error: no changes were expected but changes were proposed";
    assert.equal(driftState({ ...failed("dev"), output: older }), "drift");
  });
});

describe("withStack", () => {
  const headings = (body: string) => body.split("\n").filter((line) => line.startsWith("### "));

  it("adds a section for a stack that differs or cannot be compared, and replaces it the next night", () => {
    const first = withStack("", changed("prod"), day);
    const both = withStack(first, failed("dev"), day);
    assert.deepEqual(headings(both), [
      "### dev: the comparison failed (2026-01-31)",
      "### prod: 1 to update, 65 unchanged (2026-01-31)",
    ]);
    assert.deepEqual(headings(withStack(both, changed("dev"), "2026-02-01")), [
      "### dev: 1 to update, 65 unchanged (2026-02-01)",
      "### prod: 1 to update, 65 unchanged (2026-01-31)",
    ]);
    assert.equal(withStack(both, failed("dev"), day), both);
  });

  it("takes away what is gone, and is empty when nothing is left", () => {
    const both = withStack(withStack("", changed("prod"), day), changed("dev"), day);
    const one = withStack(both, same("dev"), day);
    assert.deepEqual(headings(one), ["### prod: 1 to update, 65 unchanged (2026-01-31)"]);
    assert.equal(withStack(one, same("prod"), day), "");
    assert.equal(withStack("", same("dev"), day), "");
  });

  it("has room for three stacks in one issue", () => {
    const output = `${"~ one line of a very long comparison\n".repeat(5000)}${recorded("changed")}`;
    const body = ["dev", "staging", "prod"].reduce(
      (text, stack) => withStack(text, { ...changed(stack), output }, day),
      "",
    );
    assert.equal(headings(body).length, 3);
    assert.ok(Buffer.byteLength(body) < bodyLimit);
  });
});
