import assert from "node:assert/strict";
import { burnRates, seconds, windows } from "../../settings/windows.ts";

describe("the windows", () => {
  it("of the burn rates are all recorded", () => {
    const recorded: readonly string[] = [...windows.fast, ...windows.slow];
    const used = burnRates.flatMap((burn) => burn.windows.flatMap(({ long, short }) => [long, short]));
    assert.deepEqual([...new Set(used)].sort(), [...recorded].sort());
  });

  it("use up so much of 30 days' budget before the alert: 2 %, 5 %, 10 % and 10 %", () => {
    const spent = burnRates.flatMap((burn) =>
      burn.windows.map(({ long, factor }) => Math.round((factor * seconds(long) * 100) / seconds("30d"))),
    );
    assert.deepEqual(spent, [2, 5, 10, 10]);
  });

  it("are twelve times as long as their short ones", () => {
    for (const { long, short } of burnRates.flatMap((burn) => burn.windows)) {
      assert.equal(seconds(long) / seconds(short), 12, long);
    }
  });
});

describe("seconds", () => {
  it("reads minutes, hours and days", () => {
    assert.deepEqual(["5m", "6h", "3d"].map(seconds), [300, 21_600, 259_200]);
  });

  it("knows no other unit", () => {
    assert.throws(() => seconds("10s"), /window 10s is not in minutes, hours or days/);
  });
});
