import assert from "node:assert/strict";
import type { Moment } from "../../../review/rules/comparison.ts";
import { burning, deviation } from "../../../review/rules/judgement.ts";

const moment = (exact: number, recorded: number, requests = 5000): Moment => ({
  requests,
  exact: { error: exact, slow: 0 },
  recorded: { error: recorded, slow: 0 },
});

describe("deviation", () => {
  it("is the difference of a moment, and that from what was or comes within one evaluation", () => {
    const moments = [moment(0.1, 0.1), moment(0.1, 0.12), moment(0.15, 0.18), moment(0.15, 0.15)];
    const { moments: count, atOnce, withinOne } = deviation(moments, "error");
    assert.equal(count, 2);
    assert.equal(atOnce.toFixed(4), "0.2000");
    // 0.18 is neither now nor before nor after; 0.12 lies between two moments.
    assert.equal(withinOne.toFixed(4), "0.2000");
    assert.equal(deviation(moments.slice(0, 3), "error").withinOne, 0);
  });

  it("does not judge moments with few requests, unknown ones and those that do not count", () => {
    const moments = [moment(0.1, 0.3, 900), moment(0.1, 0.3, 900), moment(0.1, 0.3, 900), undefined, moment(0.1, 0.3)];
    assert.equal(deviation(moments, "error").moments, 0);
    assert.equal(deviation([moment(1, 2), moment(1, 2), moment(1, 2)], "error", () => false).moments, 0);
  });

  it("is endless where there was nothing", () => {
    const moments = [moment(0, 0.1), moment(0, 0.1), moment(0, 0.1)];
    assert.equal(deviation(moments, "error").withinOne, Number.POSITIVE_INFINITY);
  });
});

describe("burning", () => {
  const all = (moments: Moment[]) =>
    Object.fromEntries(["5m", "30m", "1h", "2h", "6h", "1d", "3d"].map((window) => [window, moments]));
  const pairs = 4;

  it("misses what the recorded ratios do not say", () => {
    const moments = Array.from({ length: 5 }, () => moment(0.5, 0.0001));
    assert.deepEqual(burning(all(moments), "error", 0.005), { due: 3 * pairs, missed: 3 * pairs, wrong: 0 });
  });

  it("knows what only they say", () => {
    const moments = Array.from({ length: 5 }, () => moment(0.0001, 0.5));
    assert.deepEqual(burning(all(moments), "error", 0.005), { due: 0, missed: 0, wrong: 3 * pairs });
  });

  it("lets them be an evaluation late", () => {
    const shares = [0, 0, 0, 0.5, 0.5, 0.5, 0.5];
    const late = shares.map((exact, index) => moment(exact, shares[index - 1] ?? 0));
    assert.deepEqual(burning(all(late), "error", 0.005), { due: 2 * pairs, missed: 0, wrong: 0 });
  });

  it("does not judge what is within 1 % of a threshold, nor fewer than five bad requests", () => {
    const near = Array.from({ length: 5 }, () => moment(0.00501, 0.00499));
    const few = Array.from({ length: 5 }, () => moment(0.5, 0.5, 8));
    assert.deepEqual(burning({ "3d": near, "6h": near }, "error", 0.005), { due: 0, missed: 0, wrong: 0 });
    assert.deepEqual(burning(all(few), "error", 0.005), { due: 0, missed: 0, wrong: 0 });
  });
});
