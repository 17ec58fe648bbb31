import type { Page as Tab } from "playwright-core";

/** Shows one view of the page that `open` serves, and waits until it is drawn. */
export async function showView(tab: Tab, url: string, hash: string): Promise<void> {
  await tab.goto("about:blank");
  await tab.goto(`${url}${hash}`);
  await tab.locator(`#content[data-drawn="${hash}"]`).waitFor();
}

/** The panels that are shown, by their title: drawn, empty or failed. */
export async function panelStates(tab: Tab): Promise<Record<string, string>> {
  const panels = await tab.locator(".panel").all();
  const states = panels.map(async (panel) => [
    (await panel.getAttribute("data-panel")) ?? "",
    (await panel.getAttribute("data-state")) ?? "",
  ]);
  return Object.fromEntries(await Promise.all(states)) as Record<string, string>;
}
