import assert from "node:assert/strict";
import { units } from "../../../dashboards/kit/units.ts";
import { chart } from "../../../scripts/pictures/chart.ts";
import type { PanelData } from "../../../scripts/pictures/panelData.ts";

const series = (name: string, ...values: number[]) => ({
  name,
  points: values.map((value, index) => ({ time: index * 60, value })),
});

function panel(data: Partial<PanelData>): PanelData {
  return { title: "Some", unit: units.count, stacked: false, colors: {}, series: [], exemplars: [], ...data };
}

/** The numbers of the last path, which is the upper edge of the last series. */
function lastLine(svg: string): string {
  return [...svg.matchAll(/<path d="([^"]*)" fill="none"/g)].at(-1)?.[1] ?? "";
}

/** The labels of the axes. */
function labels(svg: string, anchor: "end" | "middle"): string[] {
  return [...svg.matchAll(new RegExp(`text-anchor="${anchor}">([^<]*)<`, "g"))].map(([, text = ""]) => text);
}

describe("chart", () => {
  it("draws from zero to a round number above the highest value, over the whole time", () => {
    const svg = chart(panel({ series: [series("a", 0, 90)] }), 0, 60);
    assert.equal(lastLine(svg), "M0,160L324,16");
    assert.deepEqual(labels(svg, "end"), ["0", "20", "40", "60", "80", "100"]);
    assert.equal(labels(svg, "middle")[0], "00:00");
  });

  it("draws zeros at the bottom", () => {
    assert.equal(lastLine(chart(panel({ series: [series("a", 0, 0)] }), 0, 60)), "M0,160L324,160");
  });

  it("puts series on top of each other when they are parts of a whole", () => {
    const parts = [series("a", 10, 10), series("b", 10, 10)];
    assert.equal(lastLine(chart(panel({ stacked: true, series: parts }), 0, 60)), "M0,0L324,0");
    assert.equal(lastLine(chart(panel({ series: parts }), 0, 60)), "M0,0L324,0");
    const uneven = [series("a", 10, 10), series("b", 10)];
    assert.equal(lastLine(chart(panel({ stacked: true, series: uneven }), 0, 60)), "M0,0L324,80");
  });

  it("counts bytes by 1024", () => {
    const svg = chart(panel({ unit: units.bytes, series: [series("a", 0, 60 * 1024 * 1024)] }), 0, 60);
    assert.deepEqual(labels(svg, "end"), ["0 B", "20 MiB", "40 MiB", "60 MiB"]);
  });

  it("names its series, and colours them as the dashboard says", () => {
    const svg = chart(panel({ colors: { "5..": "red" }, series: [series("<200>", 1), series("502", 1)] }), 0, 60);
    assert.match(svg, /fill="#c4162a"\/><text x="12">502</);
    assert.match(svg, /&lt;200&gt;/);
  });

  it("leaves names out that there is no room for", () => {
    const many = Array.from({ length: 30 }, (_, index) => series(`a long name ${index}`, 1));
    assert.ok(!chart(panel({ series: many }), 0, 60).includes("a long name 29"));
  });

  it("draws exemplars as points, not too many", () => {
    const exemplars = Array.from({ length: 400 }, (_, index) => ({ time: index / 10, value: 1 }));
    const svg = chart(panel({ series: [series("p99", 1, 1)], exemplars }), 0, 60);
    assert.equal(svg.split('r="2.5" class="exemplar"').length - 1, 41);
  });
});
