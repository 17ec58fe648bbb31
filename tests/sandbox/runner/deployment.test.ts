import assert from "node:assert/strict";
import { previewLines, type Row } from "../../../sandbox/runner/deployment.ts";

const row = (parts: Partial<Row>): Row => ({ type: "t", name: "n", outcome: "created", changes: [], ...parts });

describe("previewLines", () => {
  it("says what is to be done, with a remark and the fields", () => {
    assert.deepEqual(previewLines(row({ note: "not checked" })), ["+ t n: to be created, not checked"]);
    const changes = [{ path: "spec.replicas", old: 1, new: 2 }];
    assert.deepEqual(previewLines(row({ outcome: "updated", changes })), [
      "~ t n: to be updated",
      "    spec.replicas: 1 -> 2",
    ]);
    assert.deepEqual(previewLines(row({ outcome: "deleted" })), ["- t n: to be deleted"]);
  });

  it("says nothing where nothing is to be done", () => {
    assert.deepEqual([row({ outcome: "unchanged" }), row({ outcome: "read" })].flatMap(previewLines), []);
  });
});
