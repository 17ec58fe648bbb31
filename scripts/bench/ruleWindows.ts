import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Accuracy, accuracy } from "../../tests/alerting/accuracy/accuracy.ts";
import { promtool } from "../../tests/support/promtool.ts";
import { writeBlock as writeMarkdownBlock } from "../verify/markdownBlock.ts";

const project = join(import.meta.dirname, "../..");

/** Three days and twelve hours: the longest window is full all the time. */
const hours = 84;
const minutes = 300;

/**
 * Compares recorded windows with those of the raw series.
 *
 * @param write puts the table into docs/decisions.md
 */
export async function benchWindows(write: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fluffy-observability-bench-"));
  try {
    const table = accuracyTable(await accuracy({ promtool: await promtool(), folder }, { hours, minutes }));
    console.log(table);
    if (write) writeMarkdownBlock(join(project, "docs/decisions.md"), "windows", table);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Differences in percent; minutes in which a budget burns, and in how many the recorded ones say something else. */
export function accuracyTable(all: readonly Accuracy[]): string {
  const windows = Object.keys(all[0]?.windows ?? {});
  const columns = ["Service", "Ratio", ...windows, "Minutes to be told", "Missed", "Wrong"];
  const percent = (share: number) => (share * 100).toFixed(2);
  return [
    row(columns),
    row(columns.map(() => "---")),
    ...all.map(({ service, ratio, windows: deviations, burning }) =>
      row([
        service,
        ratio,
        ...Object.values(deviations).map(({ moments, withinOne, atOnce }) =>
          moments === 0 ? "-" : `${percent(withinOne)} (${percent(atOnce)})`,
        ),
        ...[burning.due, burning.missed, burning.wrong].map(String),
      ]),
    ),
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
