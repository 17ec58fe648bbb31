import type { Page as Tab } from "playwright-core";
import { UserError } from "../cli/errors.ts";

/**
 * Shows one view of the page that `open` serves, loaded anew, and waits until it is drawn.
 *
 * @param page its address
 * @param view such as `#/alerts`
 * @throws UserError when nothing answers there
 */
export async function showView(tab: Tab, page: string, view: string): Promise<void> {
  await tab.goto("about:blank");
  await tab.goto(new URL(view, page).href).catch(() => {
    throw new UserError(`nothing answers at ${page}: run "npm run sandbox -- open" first`);
  });
  await tab.locator(`#content[data-drawn="${view}"]`).waitFor();
}
