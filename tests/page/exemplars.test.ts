import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page as Tab } from "playwright-core";
import { dashboardUids } from "../../catalog/dashboards.ts";
import { dashboards } from "../../dashboards/index.ts";
import { startChromium } from "../../page/chromium.ts";
import { type Page, servePage } from "../../page/server.ts";
import { showView } from "../../page/showView.ts";
import { parseSettings } from "../../settings/read.ts";
import { pageSources } from "../support/pageSources.ts";
import { requireChromium } from "../support/servedTab.ts";

const trace = "ab".repeat(16);

describe("an exemplar of a graph", function () {
  this.timeout(60_000);
  let [browser, backend, page]: [Browser | undefined, Server | undefined, Page | undefined] = [
    undefined,
    undefined,
    undefined,
  ];
  /** Seconds that the exemplars' requests took; the graph ends at one. */
  let durations: readonly number[] = [];

  before(async function () {
    requireChromium(this);
    backend = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      const answer = url.pathname === "/api/v1/query_exemplars" ? exemplars(url) : pageSources(url);
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => backend?.listen(0, "127.0.0.1", resolve));
    const source = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
    const own = dashboards(parseSettings({})).map(({ title, dashboard }) => ({
      name: title,
      json: JSON.stringify(dashboard),
    }));
    const sources = { prometheus: source, jaeger: source };
    page = await servePage({
      port: 0,
      content: () => Promise.resolve({ sources, dashboards: own, scrapeSeconds: 15, links: [] }),
    });
    browser = await startChromium();
  });

  after(async () => {
    await browser?.close();
    await page?.close();
    backend?.close();
  });

  /** Spread over the time that is asked for. */
  function exemplars({ searchParams }: URL): object {
    const [start = 0, end = 0] = ["start", "end"].map((name) => Number(searchParams.get(name)));
    const ofOne = durations.map((value, index) => ({
      labels: { trace_id: trace },
      value: String(value),
      timestamp: start + ((end - start) * (index + 1)) / (durations.length + 1),
    }));
    return { status: "success", data: [{ seriesLabels: { service_name: "shop" }, exemplars: ofOne }] };
  }

  for (const [where, seconds] of [
    ["in its middle", 0.5],
    ["on its axis", 0],
  ] as const) {
    it(`${where} opens its trace by a click of the mouse`, async () => {
      durations = [seconds];
      const tab = (await browser?.newPage()) as Tab;
      await showView(tab, page?.url ?? "", `#/dashboard/${dashboardUids.api}`);
      await tab.locator('[data-panel="Duration"] .exemplar').click({ timeout: 10_000 });
      await tab.locator(".waterfall .bar").first().waitFor();
      assert.equal(new URL(tab.url()).hash, `#/trace/${trace}`);
      await tab.close();
    });
  }
});
