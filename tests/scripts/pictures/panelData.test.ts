import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dashboard } from "../../../dashboards/kit/dashboard.ts";
import { timeSeries } from "../../../dashboards/kit/panels/timeSeries.ts";
import { readPanel } from "../../../scripts/pictures/panelData.ts";

const made = dashboard({
  uid: "some",
  title: "Some",
  description: "Some dashboard.",
  folder: "platform",
  rows: [
    {
      title: "Row",
      panels: [
        timeSeries({
          title: "Graph",
          description: "Some graph.",
          unit: "s",
          stacked: true,
          colors: { a: "red" },
          queries: [{ expr: 'up{job="$job"}', legend: "{{job}} of {{pod}}", exemplars: true }],
        }),
      ],
    },
  ],
});

describe("readPanel", () => {
  const asked: URL[] = [];
  let server: Server;
  let prometheus = "";

  before((done) => {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? "", "http://prometheus");
      asked.push(url);
      const answers: Readonly<Record<string, unknown>> = {
        "/api/v1/query_range": {
          result: [
            {
              metric: { job: "api" },
              values: [
                [0, "1"],
                [5, "NaN"],
                [10, "2"],
              ],
            },
          ],
        },
        "/api/v1/query_exemplars": [{ exemplars: [{ value: "0.5", timestamp: 3 }] }],
      };
      response.end(JSON.stringify({ status: "success", data: answers[url.pathname] }));
    }).listen(0, "127.0.0.1", () => {
      prometheus = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after((done) => {
    server.close(done);
  });

  const source = () => ({ prometheus, from: 0, to: 10, step: 5, variables: { job: "api" } });

  it("reads series and exemplars, named and coloured as in the dashboard", async () => {
    assert.deepEqual(await readPanel(made, "Graph", source()), {
      title: "Graph",
      unit: "s",
      stacked: true,
      colors: { a: "red" },
      series: [
        {
          name: "api of ",
          points: [
            { time: 0, value: 1 },
            { time: 10, value: 2 },
          ],
        },
      ],
      exemplars: [{ time: 3, value: 0.5 }],
    });
    assert.deepEqual(new Set(asked.map(({ searchParams }) => searchParams.get("query"))), new Set(['up{job="api"}']));
    assert.equal(asked.find(({ searchParams }) => searchParams.has("step"))?.searchParams.get("step"), "5");
  });

  it("knows no other graph", async () => {
    await assert.rejects(readPanel(made, "Row", source()), /^Error: the dashboard "Some" has no graph "Row"$/);
  });
});
