import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../settings/read.ts";

const parse = (tailSampling: object, samplingRatio = 1) =>
  parseSettings({
    collector: JSON.stringify({ tailSampling }),
    instrumentation: JSON.stringify({ samplingRatio }),
  });

/** What is wrong, the settings, and the line about it. */
const wrong: readonly [string, object, number, string][] = [
  [
    "a share of the traces beside it",
    { enabled: true },
    0.1,
    "instrumentation.samplingRatio is 0.1: must be 1 with collector.tailSampling.enabled, which decides on whole traces; " +
      "set collector.tailSampling.keepPercentage instead",
  ],
  [
    "more than all",
    { enabled: true, keepPercentage: 101 },
    1,
    "collector.tailSampling.keepPercentage is 101: must be a number from 0 to 100",
  ],
  [
    "too little memory",
    { enabled: true, memoryLimit: "128Mi" },
    1,
    'collector.tailSampling.memoryLimit is "128Mi": must be 256Mi or more: its program does not run with less',
  ],
  [
    "a slow trace whose end comes after the decision",
    { enabled: true, waitSeconds: 10, slowMilliseconds: 5001 },
    1,
    "collector.tailSampling.slowMilliseconds is 5001: must be 5000 or less with waitSeconds 10, since the span that says so " +
      "arrives up to 5 seconds after it ended",
  ],
  [
    "another key",
    { enabled: true, percentage: 5 },
    1,
    "collector.tailSampling.percentage is not a setting; allowed are: enabled, keepPercentage, slowMilliseconds, " +
      "waitSeconds, replicas, memoryLimit",
  ],
];

describe("collector.tailSampling", () => {
  it("is off, and then leaves the sampling of applications to them", () => {
    assert.equal(parseSettings({}).collector.tailSampling.enabled, false);
    assert.equal(parse({ waitSeconds: 6, slowMilliseconds: 60_000 }, 0.1).instrumentation.samplingRatio, 0.1);
  });

  it("takes any share, none and all included", () => {
    for (const keepPercentage of [0, 0.5, 100])
      assert.equal(parse({ enabled: true, keepPercentage }).collector.tailSampling.keepPercentage, keepPercentage);
    assert.ok(parse({ enabled: true, waitSeconds: 10, slowMilliseconds: 5000 }));
  });

  for (const [what, tailSampling, samplingRatio, line] of wrong) {
    it(`refuses ${what} in one line`, () => {
      assert.throws(
        () => parse(tailSampling, samplingRatio),
        (error) => error instanceof SettingsError && error.message.endsWith(`fluffy-observability:${line}`),
      );
    });
  }
});
