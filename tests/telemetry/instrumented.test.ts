import assert from "node:assert/strict";
import { verifyInstrumented } from "../../scripts/injectionCheck/verifyInstrumented.ts";
import { requirePython } from "../support/telemetryStack.ts";

describe("the data file of what is instrumented", function () {
  this.timeout(300_000);
  this.slow(60_000);

  before(function () {
    return requirePython(this);
  });

  it("says what the injected packages say", async () => {
    assert.deepEqual(await verifyInstrumented(false), []);
  });
});
