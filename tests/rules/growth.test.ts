import assert from "node:assert/strict";
import { growth } from "../../rules/growth.ts";

// What it gives is tested with the alerts that use it.
describe("growth", () => {
  it("compares the newest value with the newest before the window, of the last hour", () => {
    assert.equal(
      growth('x_total{job="a"}', "15m"),
      'last_over_time(x_total{job="a"}[15m]) - last_over_time(x_total{job="a"}[1h] offset 15m) >= 0 or last_over_time(x_total{job="a"}[15m])',
    );
  });

  it("can be that of a window before", () => {
    assert.equal(
      growth("x_total", "20m", "20m"),
      "last_over_time(x_total[20m] offset 20m) - last_over_time(x_total[1h] offset 40m) >= 0 or last_over_time(x_total[20m] offset 20m)",
    );
  });
});
