import { dashboardUids } from "../../catalog/dashboards.ts";
import type { Findings } from "../../cli/command.ts";
import { startChromium } from "../../page/chromium.ts";
import { showView } from "../../page/showView.ts";

const view = `#/dashboard/${dashboardUids.api}`;

/**
 * Measures the page with the dashboard API, which has more than 20 panels.
 *
 * @param url of the page that is served
 */
export async function benchPage(url: string, rounds: number): Promise<Findings> {
  const figures: Record<string, number[]> = { "first paint": [], "all panels drawn": [], "change of the span": [] };
  const browser = await startChromium();
  try {
    for (let round = 0; round < rounds; round += 1) {
      // Each with an empty cache.
      const tab = await browser.newPage();
      const started = performance.now();
      await showView(tab, url, view);
      figures["all panels drawn"]?.push(performance.now() - started);
      figures["first paint"]?.push(
        await tab.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime'),
      );
      const changed = performance.now();
      await tab.locator("#span select").selectOption("5m");
      await tab.locator(`#content[data-drawn="${view}?span=5m"]`).waitFor();
      figures["change of the span"]?.push(performance.now() - changed);
      await tab.close();
    }
  } finally {
    await browser.close();
  }
  const lines = Object.entries(figures).map(([name, values]) => {
    const sorted = values.toSorted((a, b) => a - b);
    const at = (share: number) => `${Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)} ms`;
    return `${name.padEnd(20)} median ${at(0.5)}, from ${at(0)} to ${at(1)}`;
  });
  return { text: lines.join("\n"), json: { ms: figures } };
}
