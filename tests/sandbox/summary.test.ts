import assert from "node:assert/strict";
import { parseOptions } from "../../sandbox/options.ts";
import type { Row } from "../../sandbox/runner/deployment.ts";
import { countLine, jsonLine, outputLines } from "../../sandbox/summary.ts";

const rows = (...outcomes: Row["outcome"][]): Row[] =>
  outcomes.map((outcome) => ({ type: "t", name: "n", outcome, changes: [] }));

describe("countLine", () => {
  it("names what there is", () => {
    assert.equal(countLine(rows("created", "unchanged", "created", "read")), "2 created, 1 unchanged");
    assert.equal(countLine([]), "nothing to do");
  });
});

describe("jsonLine", () => {
  it("is one line with every field", () => {
    const summary = { rows: rows("updated", "deleted"), outputs: { a: 1 } };
    assert.equal(
      jsonLine(parseOptions(["up", "--stack", "prod"]), summary, 1, 1234),
      '{"verb":"up","stack":"prod","created":0,"updated":1,"deleted":1,"unchanged":0,"failed":1,"seconds":1.2,"outputs":{"a":1}}',
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
