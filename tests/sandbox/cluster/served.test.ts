import assert from "node:assert/strict";
import { untilServed } from "../../../sandbox/cluster/served.ts";

describe("untilServed", () => {
  const kinds = ["One", "Other"].map((kind) => ({ apiVersion: "example.org/v1", kind }));

  it("asks again for a kind that is not served yet, and then for the next", async () => {
    const asked: string[] = [];
    await untilServed(kinds, ({ kind }) => {
      asked.push(kind);
      return Promise.resolve(asked.length !== 1);
    });
    assert.deepEqual(asked, ["One", "One", "Other"]);
  });

  it("fails as the question does", async () => {
    const refused = untilServed(kinds, () => Promise.reject(new Error("the API server is away")));
    await assert.rejects(refused, /is away/);
  });
});
