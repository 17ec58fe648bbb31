import assert from "node:assert/strict";
import { latestDeployment, updatedBetween } from "../../../scripts/ci/deployment.ts";

/** Newest first; a run's commit is its place in the list. */
function latest(...states: string[]) {
  return latestDeployment(states.map((state, index) => ({ state, commitOid: String(index) })));
}

describe("latestDeployment", () => {
  it("gives the commit of the last run that came to its end", () => {
    assert.deepEqual(latest("ACTIVE", "INACTIVE"), { commit: "0", updating: false });
    assert.deepEqual(latest("FAILURE", "ERROR", "SUCCESS", "INACTIVE"), { commit: "2", updating: false });
    assert.deepEqual(latest(), { commit: undefined, updating: false });
    assert.deepEqual(latest("FAILURE"), { commit: undefined, updating: false });
  });

  it("says whether a run updates the environment, which one that waits does not", () => {
    assert.deepEqual(latest("IN_PROGRESS", "ACTIVE"), { commit: "1", updating: true });
    assert.deepEqual(latest("QUEUED", "IN_PROGRESS", "ACTIVE"), { commit: "2", updating: true });
    assert.deepEqual(latest("IN_PROGRESS"), { commit: undefined, updating: true });
    assert.deepEqual(latest("WAITING", "PENDING", "QUEUED", "ACTIVE"), { commit: "3", updating: false });
  });

  it("takes none for running that is older than a finished one", () => {
    assert.deepEqual(latest("ACTIVE", "IN_PROGRESS"), { commit: "0", updating: false });
  });
});

describe("updatedBetween", () => {
  it("notices a run that began before, that goes on, and one that was there and gone", () => {
    const idle = { commit: "one", updating: false };
    const running = { commit: "one", updating: true };
    assert.ok(!updatedBetween(idle, idle));
    assert.ok(updatedBetween(running, idle));
    assert.ok(updatedBetween(idle, running));
    assert.ok(updatedBetween(idle, { commit: "two", updating: false }));
  });
});
