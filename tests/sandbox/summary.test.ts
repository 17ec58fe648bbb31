import assert from "node:assert/strict";
import { parseOptions } from "../../sandbox/options.ts";
import { jsonLine, NOTHING_DONE, outputLines } from "../../sandbox/summary.ts";

describe("jsonLine", () => {
  it("is one line with every field", () => {
    const summary = { changes: { ...NOTHING_DONE.changes, updated: 1, deleted: 1 }, outputs: { a: 1 } };
    assert.equal(
      jsonLine(parseOptions(["up", "--stack", "prod"]), summary, 1, 1234),
      '{"verb":"up","stack":"prod","created":0,"updated":1,"replaced":0,"deleted":1,"unchanged":0,"failed":1,"seconds":1.2,"outputs":{"a":1}}',
    );
  });
});

describe("outputLines", () => {
  it("aligns values, and gives lists and objects a line for each value", () => {
    const outputs = {
      url: "http://a",
      ready: true,
      login: { user: "me", password: "x" },
      list: ["a", 1],
      deep: [{ b: 1 }],
    };
    assert.deepEqual(outputLines(outputs), [
      "url    http://a",
      "ready  true",
      ...["login:", "  user      me", "  password  x"],
      ...["list:", "  a", "  1"],
      'deep   [{"b":1}]',
    ]);
  });
});
