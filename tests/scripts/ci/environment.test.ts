import assert from "node:assert/strict";
import { runEnvironment } from "../../../scripts/ci/environment.ts";

describe("runEnvironment", () => {
  it("gives the repository and the address of the run", () => {
    assert.deepEqual(
      runEnvironment({ GITHUB_REPOSITORY: "a/b", GITHUB_SERVER_URL: "https://git.example.org", GITHUB_RUN_ID: "7" }),
      {
        repository: "a/b",
        log: "https://git.example.org/a/b/actions/runs/7",
      },
    );
    // On somebody's machine there is no run.
    assert.equal(runEnvironment({ GITHUB_REPOSITORY: "a/b" }).log, "https://github.com/a/b");
  });

  it("gives the commit of a pull request, which GitHub's GITHUB_SHA is not", () => {
    const variables = { GITHUB_REPOSITORY: "a/b", GITHUB_SHA: "merge", HEAD_COMMIT: "head" };
    assert.equal(runEnvironment(variables).commit, "head");
    assert.ok(!("commit" in runEnvironment({ GITHUB_REPOSITORY: "a/b", GITHUB_SHA: "merge" })));
  });

  it("says in one line what is missing", () => {
    for (const variables of [{}, { GITHUB_REPOSITORY: "" }]) {
      assert.throws(() => runEnvironment(variables), { name: "UserError", message: /^GITHUB_REPOSITORY is not set: / });
    }
  });
});
