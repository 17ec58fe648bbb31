import assert from "node:assert/strict";
import { units } from "../../../dashboards/kit/units.ts";
import { formatValue } from "../../../page/model/format.ts";

describe("formatValue", () => {
  const cases: [number, string, string][] = [
    [0, units.seconds, "0 s"],
    [0.0123456, units.seconds, "12.3 ms"],
    [2.5, units.seconds, "2.5 s"],
    [600, units.seconds, "10 min"],
    [10_800, units.seconds, "3 h"],
    [7_776_000, units.seconds, "90 d"],
    [-86_400, units.seconds, "-24 h"],
    [-0.5, units.seconds, "-500 ms"],
    [-2048, units.bytes, "-2 KiB"],
    [0, units.milliseconds, "0 ms"],
    [48, units.milliseconds, "48 ms"],
    [2500, units.milliseconds, "2.5 s"],
    [0.05, units.ratio, "5 %"],
    [0, units.bytes, "0 B"],
    [52_428_800, units.bytes, "50 MiB"],
    [2048, units.bytesPerSecond, "2 KiB/s"],
    [12.5, units.requestsPerSecond, "12.5 req/s"],
    [40, units.perSecond, "40/s"],
    [12_000, units.perSecond, "12 k/s"],
    [600, units.count, "600"],
    [2_300_000, units.count, "2.3 M"],
  ];
  for (const [value, unit, expected] of cases) {
    it(`writes ${value} of ${unit} as ${expected}`, () => {
      assert.equal(formatValue(value, unit), expected);
    });
  }

  it("writes as many decimals of a share as the panel wants", () => {
    assert.equal(formatValue(0.99951, units.ratio, 3), "99.951 %");
  });
});
