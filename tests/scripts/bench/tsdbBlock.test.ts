import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pattern, writeBlock } from "../../../scripts/bench/tsdbBlock.ts";
import { runPromtool } from "../../support/promtool.ts";
import { promtool } from "../../../review/rules/promtool.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("writeBlock", () => {
  const folder = temporaryFolder();

  it("writes what Prometheus reads", async function () {
    // A cold build of promtool takes minutes.
    this.timeout("15m");
    const program = await promtool();
    // A storage has a log beside its blocks.
    mkdirSync(join(folder(), "wal"));
    const values = [0, 1, 1, 2.5, -3, 1e300, 1 / 3, 4096, 4097];
    const steady = pattern(Array.from({ length: 300 }, (_, step) => [1_700_000_000_000 + step * 15_000, step * 20]));
    const odd = pattern(values.map((value, step) => [1_700_000_000_000 + step * 60_000, value]));
    writeBlock(folder(), [
      { labels: { __name__: "steady", pod: "b" }, samples: steady },
      { labels: { __name__: "steady", pod: "a" }, samples: steady },
      { labels: { __name__: "odd" }, samples: odd },
    ]);
    const dumped = async (match: string) => {
      const { ok, output } = await runPromtool(program, folder(), {}, ["tsdb", "dump", `--match=${match}`, "."]);
      assert.ok(ok, output);
      return output
        .trim()
        .split("\n")
        .map((line) => line.split(" "));
    };
    const one = await dumped("odd");
    assert.deepEqual(
      one.map(([, value, time]) => [Number(value), Number(time)]),
      values.map((value, step) => [value, 1_700_000_000_000 + step * 60_000]),
    );
    const two = await dumped('steady{pod="b"}');
    assert.equal(two.length, 300);
    assert.deepEqual(two.at(-1), ['{__name__="steady",', 'pod="b"}', "5980", "1700004485000"]);
  });

  it("refuses samples at changing distances: it cannot write them", () => {
    const samples = [0, 1000, 3000].map((time) => [time, 1] as const);
    assert.throws(() => pattern(samples), /samples at 1000 and 3000 are not at the distance of those before/);
  });
});
