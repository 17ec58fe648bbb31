import assert from "node:assert/strict";
import { poll } from "../../cli/poll.ts";

describe("poll", () => {
  it("asks again until it is so", async () => {
    let asked = 0;
    assert.equal(await poll(() => ++asked === 3, 10_000, 1), true);
    assert.equal(asked, 3);
  });

  it("gives up in time, but asks once at least", async () => {
    let asked = 0;
    assert.equal(await poll(() => Promise.resolve(++asked === 0), -1, 1), false);
    assert.equal(asked, 1);
  });
});
