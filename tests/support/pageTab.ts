import type { Page as Tab } from "playwright-core";

/** The panels that are shown, by their title: drawn, empty or failed. */
export async function panelStates(tab: Tab): Promise<Record<string, string>> {
  const panels = await tab.locator(".panel").all();
  const states = panels.map(async (panel) => [
    (await panel.getAttribute("data-panel")) ?? "",
    (await panel.getAttribute("data-state")) ?? "",
  ]);
  return Object.fromEntries(await Promise.all(states)) as Record<string, string>;
}
