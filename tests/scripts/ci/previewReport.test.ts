import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bodyLimit } from "../../../review/diff/markdown.ts";
import { previewComment, countsIn, errorsIn } from "../../../scripts/ci/previewReport.ts";

const log = "https://github.com/example/platform/actions/runs/7";

function recorded(name: string): string {
  return readFileSync(join(import.meta.dirname, "../../fixtures/preview", `${name}.txt`), "utf8");
}

describe("countsIn", () => {
  it("gives the counts that pulumi gives", () => {
    assert.equal(countsIn(recorded("changed")), "1 to update, 1 to replace, 54 unchanged");
    assert.equal(countsIn(recorded("unchanged")), "56 unchanged");
    assert.equal(countsIn(recorded("failed")), "");
  });
});

describe("errorsIn", () => {
  it("gives each line that says why once, and not too many", () => {
    assert.deepEqual(errorsIn(recorded("failed")), [
      'error: artifacts.lock.json has no checksum of prometheus-operator-v0.93.0: run "npm run artifacts:lock" where upstream can be reached',
      "error: preview failed",
    ]);
    const many = Array.from({ length: 100 }, (_, index) => `  error: ${index % 50}`).join("\n");
    assert.equal(errorsIn(many).length, 10);
  });

  it("gives what a policy refuses, and of a long line its beginning", () => {
    const refused = "fluffy-observability@v0.1.0 [mandatory]  images-are-pinned (kubernetes:apps/v1:Deployment: api)";
    const advice = "fluffy-observability@v0.1.0 [advisory]  other";
    const [first = "", second = "", ...others] = errorsIn(
      `    ${refused}\n    ${advice}\nerror: ${"x".repeat(20_000)}\n`,
    );
    assert.deepEqual([first, second.length, others], [refused, 501, []]);
  });
});

describe("previewComment", () => {
  it("begins with the counts and holds all that pulumi said", () => {
    const comment = previewComment({ stack: "dev", output: recorded("changed"), succeeded: true, log });
    assert.ok(
      comment.startsWith("### Preview of `dev`: 1 to update, 1 to replace, 54 unchanged\n\n<details>\n"),
      comment.slice(0, 200),
    );
    assert.ok(comment.includes(recorded("changed").trimEnd()));
  });

  it("begins with the errors of a failed preview", () => {
    const comment = previewComment({ stack: "prod", output: recorded("failed"), succeeded: false, log });
    assert.ok(
      comment.startsWith("### Preview of `prod` failed\n\n> error: artifacts.lock.json has no checksum"),
      comment.slice(0, 200),
    );
  });

  it("stays within a comment's limit, and says where the rest is", () => {
    const output = `${"    + kubernetes:v1:ConfigMap: (create)\n".repeat(5000)}${recorded("changed")}`;
    const comment = previewComment({ stack: "dev", output, succeeded: true, log });
    assert.ok(Buffer.byteLength(comment) < bodyLimit);
    assert.ok(comment.startsWith("### Preview of `dev`: 1 to update"));
    assert.match(comment, new RegExp(`^… \\d+ more lines: ${log}$`, "m"));
  });
});
