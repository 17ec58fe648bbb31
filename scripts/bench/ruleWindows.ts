import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Accuracy, accuracy, type Extent } from "../../review/rules/accuracy.ts";
import { promtool } from "../../review/rules/promtool.ts";
import type { Findings } from "../../cli/command.ts";
import { markdownTable } from "../../cli/markdownTable.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";

const project = join(import.meta.dirname, "../..");

/** The longest window is full all the time; for three days promtool can only read samples of half a minute. */
const extents: readonly Extent[] = [
  { windows: ["5m", "30m", "1h", "2h", "6h", "1d"], hours: 36, minutes: 300, scrape: 15 },
  { windows: ["6h", "3d"], hours: 84, minutes: 300, scrape: 30 },
];

/**
 * Compares recorded windows with those of the raw series.
 *
 * @param write puts the table into docs/decisions.md
 */
export async function benchWindows(write: boolean): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
  try {
    const found: { extent: Extent; ratios: Accuracy[] }[] = [];
    for (const [index, extent] of extents.entries()) {
      const place = join(folder, String(index));
      mkdirSync(place);
      found.push({ extent, ratios: await accuracy({ promtool: await promtool(), folder: place }, extent) });
    }
    const tables = found.map(({ extent, ratios }) => `A sample every ${extent.scrape} s:\n\n${accuracyTable(ratios)}`);
    const text = tables.join("\n\n");
    if (write) writeBlock(join(project, "docs/decisions.md"), "windows", text);
    return { text, json: { extents: found.map(({ extent, ratios }) => ({ ...extent, ratios })) } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Differences in percent; minutes in which a budget burns, and in how many the recorded ones say something else. */
export function accuracyTable(all: readonly Accuracy[]): string {
  const windows = Object.keys(all[0]?.windows ?? {});
  const columns = ["Service", "Ratio", ...windows, "Minutes to be told", "Missed", "Wrong"];
  const percent = (share: number) => (share * 100).toFixed(2);
  return markdownTable(
    columns,
    all.map(({ service, ratio, windows: deviations, burning }) => [
      service,
      ratio,
      ...Object.values(deviations).map(({ moments, withinOne, atOnce }) =>
        moments === 0 ? "-" : `${percent(withinOne)} (${percent(atOnce)})`,
      ),
      ...[burning.due, burning.missed, burning.wrong],
    ]),
  );
}
