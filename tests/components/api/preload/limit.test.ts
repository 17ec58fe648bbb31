import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { combinationsPerMetric, kept } from "../../../../components/telemetry/seriesLimit.ts";

const source = readFileSync(join(import.meta.dirname, "../../../../components/api/preload/limit.py"), "utf8");
const number = (name: string) => Number(new RegExp(`^${name} = (\\d+)$`, "m").exec(source)?.[1]);

describe("limit.py", () => {
  it("puts together what the collector puts together", () => {
    const names = /^_KEPT = \(\n(.*?)^\)/ms.exec(source)?.[1] ?? "";
    assert.deepEqual(
      [...names.matchAll(/"(.*)"/g)].map(([, name]) => name),
      kept,
    );
  });

  it("stays below the limit of the collector, which would put the whole metric together", () => {
    assert.ok(number("LIMIT") < number("LAST"));
    assert.ok(number("LAST") < combinationsPerMetric);
  });
});
