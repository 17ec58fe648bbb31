import assert from "node:assert/strict";
import { seededRandom } from "../../support/seededRandom.ts";
import { decoded } from "./history.ts";
import { kinds } from "./incident.ts";
import { stretches } from "./judgement.ts";
import { livedThrough, nearOnes } from "./life.ts";
import { burning } from "./oracle.ts";
import { notation } from "./samples.ts";
import { LivingService } from "./service.ts";

describe("a made-up life", () => {
  it("has at least 300 incidents in thirty days, ten of each kind, a third of them near", () => {
    const { incidents } = livedThrough(1, 30);
    assert.ok(incidents.length >= 300);
    assert.ok(nearOnes(incidents) >= incidents.length / 3);
    for (const kind of Object.keys(kinds))
      assert.ok(incidents.filter((incident) => incident.kind === kind).length >= 10, kind);
  });

  it("is the same again with the same seed", () => {
    assert.deepEqual(livedThrough(5, 3).incidents.map(String), livedThrough(5, 3).incidents.map(String));
    const starts = (seed: number) => livedThrough(seed, 3).incidents.map(({ start }) => start);
    assert.deepEqual(starts(5), starts(5));
    assert.notDeepEqual(starts(5), starts(6));
  });

  it("is written as promtool reads it, with what goes away as stale", () => {
    const values = [undefined, undefined, 1, 1, 1, 2, undefined, undefined, undefined, 3];
    assert.equal(
      notation(values.length, (minute) => values[minute]),
      "_x2 1x2 2 stale _x2 3",
    );
  });

  it("reads when alerts fired from the bits of promtool's answers", () => {
    const output = [
      '    expr: "x", time: 50m,',
      "        exp: {nothing} 0E+00",
      `        got: {alertname="A", severity="critical"} ${(2 ** 2 + 2 ** 49).toExponential().toUpperCase()}, {alertname="B"} 1E+00`,
      '    expr: "x", time: 1h40m,',
      "        got: nil",
    ].join("\n");
    const history = decoded(output, 100);
    assert.deepEqual(
      history.map(({ labels, firing }) => [labels, stretches(firing)]),
      [
        [
          { alertname: "A", severity: "critical" },
          [
            [3, 4],
            [50, 51],
          ],
        ],
        [{ alertname: "B" }, [[1, 2]]],
      ],
    );
    assert.throws(() => decoded("no answer", 100), /0 answers/);
  });

  it("knows without the rules whether a budget burns", () => {
    const service = new LivingService({ name: "a", namespace: "b", traffic: "steady" }, 600, seededRandom(1));
    service.requests.fill(100);
    service.failed.fill(0.5, 100, 130);
    const [first] = stretches(burning(service, "failed", "critical", 0.005));
    // 3 % of all requests so far are 321 of 10,700: the seventh minute. In the last half an hour they are fewer after 28 minutes.
    assert.deepEqual(first, [106, 158]);
    // Nobody asks any more: it counts for six hours.
    service.requests.fill(0, 130);
    assert.deepEqual(stretches(burning(service, "failed", "critical", 0.005)), [[106, 158 + 361]]);
  });
});
