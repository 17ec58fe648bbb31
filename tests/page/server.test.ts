import assert from "node:assert/strict";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parseSettings } from "../../settings/read.ts";
import { dashboards } from "../../dashboards/index.ts";
import type { PageData } from "../../page/model/pageData.ts";
import { targetOf } from "../../page/proxy.ts";
import { type Page, type PageContent, servePage } from "../../page/server.ts";

const sources = { prometheus: "http://127.0.0.1:1", jaeger: "http://127.0.0.1:2" };

describe("targetOf", () => {
  it("lets through what the page reads, and nothing else", () => {
    assert.equal(
      targetOf(sources, "/prometheus/api/v1/query", "?query=up"),
      "http://127.0.0.1:1/api/v1/query?query=up",
    );
    assert.equal(targetOf(sources, "/jaeger/api/traces/ab12", ""), "http://127.0.0.1:2/api/traces/ab12");
    for (const path of [
      "/prometheus/api/v1/admin/tsdb/delete_series",
      "/prometheus/-/quit",
      "/prometheus/api/v1/query/../admin",
      "/jaeger/api/traces/../x",
      "/logs/select/logsql/query",
      "/other/api/v1/query",
    ]) {
      assert.equal(targetOf(sources, path, ""), undefined, path);
    }
  });
});

describe("servePage", () => {
  let page: Page;
  let backend: Server;
  let content: PageContent;

  before(async () => {
    backend = createServer((_, response) => {
      response.writeHead(400, { "content-type": "application/json" }).end('{"error":"parse error"}');
    });
    await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
    const prometheus = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
    content = {
      sources: { ...sources, prometheus },
      dashboards: dashboards(parseSettings({})).map(({ title, dashboard }) => ({
        name: title,
        json: JSON.stringify(dashboard),
      })),
      scrapeSeconds: 15,
      links: [],
    };
    page = await servePage({ port: 0, content: () => Promise.resolve(content) });
  });
  after(async () => {
    await page.close();
    backend.close();
  });

  const get = (path: string, options: { method?: string; host?: string } = {}) =>
    new Promise<{ status: number; type: string; body: string }>((resolve, reject) => {
      const { method = "GET", host } = options;
      // The path as it is: an URL would put right what is wrong with it.
      const asked = request(page.url, { path, method, headers: host === undefined ? {} : { host } }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => (body += text));
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "", body });
        });
      });
      asked.on("error", reject).end();
    });

  it("serves the document, its modules without types, and the chart library", async () => {
    const document = await get("/");
    assert.match(document.body, /<script type="module" src="\/page\/browser\/main\.ts">/);
    assert.doesNotMatch(document.body, /https?:/);
    const chart = await get("/page/browser/chart.ts");
    assert.match(chart.type, /^text\/javascript/);
    assert.match(chart.body, /from "\/node_modules\/uplot\/dist\/uPlot\.esm\.js"/);
    assert.doesNotMatch(chart.body, /: ChartArgs/);
    assert.equal((await get("/node_modules/uplot/dist/uPlot.esm.js")).status, 200);
  });

  it("gives the dashboards", async () => {
    const { dashboards: models } = JSON.parse((await get("/data/page")).body) as {
      dashboards: { panels: unknown[] }[];
    };
    assert.ok(models.length > 3 && models.every(({ panels }) => panels.length > 5));
  });

  it("gives the others beside a dashboard that it cannot draw, and says which", async () => {
    const before = content;
    content = { ...before, dashboards: [{ name: "shop/orders", json: '{"uid":"a"}' }, ...before.dashboards] };
    const { dashboards: models, leftOut } = JSON.parse((await get("/data/page")).body) as PageData;
    assert.equal(models.length, before.dashboards.length);
    assert.match(leftOut.join(), /^dashboard shop\/orders is not shown: title: /);
    content = before;
  });

  it("shows what is there when it is opened, not what was there when it was first served", async () => {
    const shown = async () => {
      const { links, has } = JSON.parse((await get("/data/page")).body) as PageData;
      return { links, logs: has.logs };
    };
    assert.deepEqual(await shown(), { links: [], logs: false });
    const before = content;
    const { prometheus } = before.sources;
    const links = [{ label: "victoria-logs", url: `${prometheus}/` }];
    content = { ...before, links, sources: { ...before.sources, logs: prometheus } };
    assert.equal((await get("/logs/select/logsql/query")).status, 404);
    assert.deepEqual(await shown(), { links, logs: true });
    assert.equal((await get("/logs/select/logsql/query")).status, 400);
    content = before;
    assert.deepEqual(await shown(), { links: [], logs: false });
  });

  it("passes on what a source says of a query that fails, and says which source does not answer", async () => {
    assert.deepEqual(await get("/prometheus/api/v1/query?query=("), {
      status: 400,
      type: "application/json",
      body: '{"error":"parse error"}',
    });
    const { status, body } = await get("/jaeger/api/services");
    assert.deepEqual([status, body], [502, '{"error":"nothing answers at http://127.0.0.1:2"}']);
  });

  it("refuses other hosts, other methods and other files", async () => {
    assert.equal((await get("/", { host: "evil.example" })).status, 403);
    assert.equal((await get("/prometheus/api/v1/query", { method: "POST" })).status, 405);
    for (const path of ["/package.json", "/page/server.ts", "/page/model/../server.ts", "/data/objects"]) {
      assert.equal((await get(path)).status, 404, path);
    }
  });

  it("refuses what is no URL, and goes on", async () => {
    for (const path of ["//", "//[", "http://"]) {
      const { status, body } = await get(path);
      assert.deepEqual([status, body], [400, "no URL"], path);
    }
    assert.equal((await get("/")).status, 200);
  });

  it("says why an answer failed, and goes on", async () => {
    const before = content;
    content = { ...before, sources: { ...before.sources, jaeger: "nowhere" } };
    await get("/data/page");
    const { status, body } = await get("/jaeger/api/services");
    assert.deepEqual([status, body], [500, "Invalid URL"]);
    content = before;
    assert.equal((await get("/data/page")).status, 200);
  });

  it("says which port it could not have", async () => {
    const port = Number(new URL(page.url).port);
    await assert.rejects(
      servePage({ port, content: () => Promise.resolve(content) }),
      new RegExp(`the page cannot listen on port ${port}: `),
    );
  });
});
