import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { AxeResults } from "axe-core";
import type { Browser, Page as Tab } from "playwright-core";
import { dashboardUids } from "../../catalog/dashboards.ts";
import { dashboards } from "../../dashboards/index.ts";
import { startChromium } from "../../page/chromium.ts";
import { type Page, servePage } from "../../page/server.ts";
import { showView } from "../../page/showView.ts";
import { parseSettings } from "../../settings/read.ts";
import { pageSources } from "../support/pageSources.ts";
import { requireChromium } from "../support/servedTab.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const views = {
  "a dashboard": `#/dashboard/${dashboardUids.api}`,
  "the newest traces": "#/traces",
  "a trace": `#/trace/${"ab".repeat(16)}`,
  alerts: "#/alerts",
  objects: "#/objects",
};

describe("the page, for who uses a keyboard or a screen reader", function () {
  this.timeout(120_000);
  let [browser, backend]: [Browser | undefined, Server | undefined] = [undefined, undefined];
  let page: Page | undefined;

  before(async function () {
    requireChromium(this);
    backend = createServer((request, response) => {
      const answer = JSON.stringify(pageSources(new URL(request.url ?? "/", "http://127.0.0.1")));
      response.writeHead(200, { "content-type": "application/json" }).end(answer);
    });
    await new Promise<void>((resolve) => backend?.listen(0, "127.0.0.1", resolve));
    const source = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
    page = await servePage({
      port: 0,
      content: () =>
        Promise.resolve({
          sources: { prometheus: source, jaeger: source },
          dashboards: dashboards(parseSettings({})).map(({ title, dashboard }) => ({
            name: title,
            json: JSON.stringify(dashboard),
          })),
          scrapeSeconds: 15,
          links: [{ label: "Jaeger", url: source }],
        }),
      objects: () =>
        Promise.resolve([
          { kind: "Deployment", namespace: "shop", name: "shop", health: "unhealthy", message: "0 of 1" },
          { kind: "Grafana", namespace: "shop", name: "grafana", health: "healthy", message: "" },
        ]),
    });
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await page?.close();
    backend?.close();
  });

  /** Opens a view in a new tab. */
  async function openView(view: string, colorScheme: "light" | "dark" = "light"): Promise<Tab> {
    assert.ok(browser && page);
    const tab = await browser.newPage({ colorScheme });
    await showView(tab, page.url, view);
    return tab;
  }

  /** What breaks a rule, and how many rules there were. */
  async function check(tab: Tab): Promise<{ found: string[]; kept: number }> {
    // As the browser's tools do it: the page's own policy lets in no script from elsewhere.
    await (await tab.context().newCDPSession(tab)).send("Runtime.evaluate", { expression: axe });
    const { violations, passes } = await tab.evaluate<AxeResults>(`axe.run({ runOnly: ${JSON.stringify(rules)} })`);
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
    );
    return { found, kept: passes.length };
  }

  for (const colorScheme of ["light", "dark"] as const)
    for (const [what, view] of Object.entries(views))
      it(`breaks no rule of WCAG 2.2 AA in ${what}, ${colorScheme}`, async () => {
        const tab = await openView(view, colorScheme);
        const { found, kept } = await check(tab);
        assert.deepEqual(found, []);
        assert.ok(kept > 10);
        await tab.close();
      });
  it("is told of what breaks one", async () => {
    const tab = await openView(views.alerts);
    await tab.evaluate("document.querySelector('main').append(document.createElement('img'))");
    assert.match((await check(tab)).found.join(), /^image-alt: /);
    await tab.close();
  });

  for (const [what, view] of Object.entries(views))
    it(`reaches by Tab whatever can be used in ${what}, and shows where it is`, async () => {
      const tab = await openView(view);
      const usable = "a[href], button, select, input, summary, [tabindex='0']";
      const expected = await tab.evaluate<number>(
        `[...document.querySelectorAll(${JSON.stringify(usable)})].filter((each) => each.checkVisibility()).length`,
      );
      await tab.evaluate("document.activeElement.blur()");
      const places = new Set<string>();
      for (let count = 0; count < expected; count++) {
        await tab.keyboard.press("Tab");
        const [place = "", outline] = await tab.evaluate<string[]>(
          `(() => {
            const at = document.activeElement;
            return [[...document.querySelectorAll("*")].indexOf(at) + at.outerHTML, getComputedStyle(at).outlineStyle];
          })()`,
        );
        assert.notEqual(outline, "none", place);
        places.add(place);
      }
      assert.equal(places.size, expected);
      await tab.close();
    });

  it("opens a trace by Enter", async () => {
    const tab = await openView(views["the newest traces"]);
    await tab.locator('a[href^="#/trace/"]').first().focus();
    await tab.keyboard.press("Enter");
    await tab.locator(".waterfall .bar").first().waitFor();
    assert.equal(new URL(tab.url()).hash, views["a trace"]);
    await tab.close();
  });
});
