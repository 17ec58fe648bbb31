import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promtool } from "../../review/rules/promtool.ts";
import { type Accuracy, accuracy } from "../../review/rules/accuracy.ts";

/** `npm run bench -- windows` does the same with more than three days before. */
describe("recorded windows, beside rate() of the raw series", () => {
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-"));
  let all: Accuracy[] = [];
  const windows = ["5m", "30m", "1h", "2h", "6h", "1d"];

  before(async function () {
    this.timeout("15m");
    all = await accuracy({ promtool: await promtool(), folder }, { windows, hours: 12, minutes: 150, scrape: 15 });
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("have the same ratios, to 1 % and within one evaluation, wherever there were a thousand requests", () => {
    const far = all.flatMap(({ service, ratio, windows }) =>
      Object.entries(windows)
        .filter(([, { withinOne }]) => withinOne > 0.01)
        .map(
          ([window, { withinOne }]) => `${service}: ${ratio} ratio of ${window} by ${(withinOne * 100).toFixed(2)} %`,
        ),
    );
    assert.deepEqual(far, []);
    const compared = all.filter(({ windows }) => Object.values(windows).every(({ moments }) => moments > 20));
    // One service has a request an hour.
    assert.equal(new Set(compared.map(({ service }) => service)).size, 7);
  });

  it("say that a budget burns in the same minutes, give or take one evaluation", () => {
    const wrong = all.filter(({ burning }) => burning.missed > 0 || burning.wrong > 0);
    assert.deepEqual(wrong, []);
    assert.ok(all.reduce((sum, { burning }) => sum + burning.due, 0) > 1000);
  });
});
