import assert from "node:assert/strict";
import type { Page as Tab } from "playwright-core";
import { dashboardUids } from "../../catalog/dashboards.ts";
import { dashboards } from "../../dashboards/index.ts";
import { showView } from "../../page/showView.ts";
import { parseSettings } from "../../settings/read.ts";
import { emptyPanels } from "./emptyPanels.ts";
import { eventually } from "./eventually.ts";
import { panelStates } from "./pageTab.ts";
import { openTab, requireChromium, type ServedTab } from "./servedTab.ts";

/** A sandbox whose page is looked at. */
export interface ServedPage {
  /** Where the page is. */
  readonly url: string;
  /** What tells the sandbox apart on the command line. */
  readonly flags: () => readonly string[];
  /** Sends its API requests for a while. */
  readonly traffic: () => Promise<unknown>;
}

/** Looks at the page of a sandbox with telemetry in a browser. */
export function describeServedPage(what: string, { url, flags, traffic }: ServedPage): void {
  describe(what, () => {
    let served: ServedTab | undefined;
    let tab: Tab;

    before(async function () {
      requireChromium(this);
      served = await openTab(url, flags());
      tab = served.tab;
      await traffic();
    });
    after(() => served?.close());

    for (const { uid, title } of dashboards(parseSettings({}))) {
      it(`draws every panel of ${title}, but for those that have no data here`, async () => {
        await eventually(async () => {
          await showView(tab, url, `#/dashboard/${uid}`);
          const states = await panelStates(tab);
          const named = (state: string) => Object.keys(states).filter((panel) => states[panel] === state);
          assert.ok(named("drawn").length > 0);
          assert.deepEqual(named("failed"), []);
          assert.deepEqual(named("empty").sort(), Object.keys(emptyPanels[title] ?? {}).sort());
        }, 120_000);
      });
    }

    it("opens the trace of an exemplar that is clicked", async () => {
      await showView(tab, url, `#/dashboard/${dashboardUids.api}`);
      // The last one is on top of those that it overlaps.
      await tab.locator('[data-panel="Duration"] .exemplar').last().click();
      await tab.locator(".waterfall .bar").first().waitFor();
      assert.match(new URL(tab.url()).hash, /^#\/trace\/[0-9a-f]{32}$/);
    });

    it("shows the alerts, the objects and the newest traces", async () => {
      await showView(tab, url, "#/alerts");
      assert.match(await tab.locator("main").innerText(), /\d+ firing, \d+ pending, \d+ inactive/);
      await showView(tab, url, "#/objects");
      assert.ok((await tab.locator("tbody tr").count()) > 20);
      await showView(tab, url, "#/traces");
      assert.ok((await tab.locator('a[href^="#/trace/"]').count()) > 0);
    });

    it("shows the error of a query that fails in its panel", async () => {
      await tab.route("**/query_range?*", (route) => route.fulfill({ status: 400, json: { error: "parse error" } }));
      await showView(tab, url, `#/dashboard/${dashboardUids.services}`);
      assert.equal(await tab.locator('.panel .error >> text="400: parse error"').first().getAttribute("role"), "alert");
      await tab.unroute("**/query_range?*");
    });
  });
}
