import assert from "node:assert/strict";
import { VERBS } from "../../sandbox/options.ts";

describe("the sandbox's verbs", function () {
  this.timeout(60_000);

  for (const verb of VERBS) {
    it(`have a file each, with a function of its name: ${verb}`, async () => {
      const { [verb]: work } = (await import(`../../sandbox/verbs/${verb}.ts`)) as Record<string, unknown>;
      assert.equal(typeof work, "function");
    });
  }
});
