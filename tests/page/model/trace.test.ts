import assert from "node:assert/strict";
import { exampleTrace, jaegerTrace } from "../../support/exampleTrace.ts";
import { toTrace } from "../../../page/model/trace.ts";

describe("toTrace", () => {
  it("puts children below their parent, by their start", () => {
    assert.deepEqual(
      exampleTrace.spans.map(({ id, depth, kind }) => [id, depth, kind]),
      [
        ["a", 0, "server"],
        ["b", 1, "client"],
        ["c", 1, "internal"],
      ],
    );
  });

  it("begins with the first span and ends with the last", () => {
    assert.equal(exampleTrace.start, 1_700_000_000_000_000);
    assert.equal(exampleTrace.duration, 10_000);
    const late = { ...jaegerTrace, spans: jaegerTrace.spans.filter(({ spanID }) => spanID !== "a") };
    assert.equal(toTrace(late).duration, 7_420);
  });

  it("makes text of every attribute", () => {
    assert.equal(exampleTrace.spans[1]?.attributes["http.response.status_code"], "503");
  });
});
