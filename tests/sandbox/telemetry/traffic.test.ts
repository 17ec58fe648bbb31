import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describeTraffic, planTraffic, sendTraffic } from "../../../sandbox/telemetry/traffic.ts";
import { freePort } from "../../../cli/freePort.ts";

describe("planTraffic", () => {
  it("spreads the requests evenly over the time", () => {
    const plan = planTraffic(2, 10);
    assert.equal(plan.length, 20);
    assert.deepEqual([plan[0]?.at, plan[1]?.at, plan[19]?.at], [0, 100, 1900]);
  });

  it("mixes both endpoints with each way to fail", () => {
    const counts: Record<string, number> = {};
    for (const { kind } of planTraffic(10, 20)) counts[kind] = (counts[kind] ?? 0) + 1;
    assert.deepEqual(counts, { hello: 100, item: 70, unknownPath: 10, invalidItem: 10, upstreamFailure: 10 });
  });

  it("has as many orders as items, where they are wanted", () => {
    const kinds = planTraffic(27, 1, true).map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === "order").length, 7);
    assert.deepEqual(
      kinds.filter((kind) => kind !== "order"),
      planTraffic(20, 1).map(({ kind }) => kind),
    );
  });
});

describe("sendTraffic", () => {
  it("counts the answers and makes the upstream fail", async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method ?? ""} ${request.url ?? ""}`);
      response.writeHead(request.url === "/nothing-here" ? 404 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let progress = 0;
    const result = await sendTraffic(planTraffic(0.1, 200), { app: url, upstream: url }, (count) => (progress = count));
    server.close();
    assert.deepEqual(result.statuses, { 200: 19, 404: 1 });
    assert.equal(progress, 20);
    assert.equal(seen.filter((line) => line === "POST /failures?count=1").length, 1);
    assert.equal(seen.filter((line) => line === "GET /hello").length, 11);
  });

  it("sends orders to the second team's API, and everything else to the sample API", async () => {
    const seen: Record<string, string[]> = { app: [], orders: [] };
    const servers = ["app", "orders"].map((name) =>
      createServer((request, response) => {
        seen[name]?.push(request.url ?? "");
        response.end();
      }),
    );
    const [app = "", ordersApi = ""] = await Promise.all(
      servers.map(async (server) => {
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      }),
    );
    const target = { app, upstream: app, ordersApi };
    await sendTraffic(planTraffic(0.27, 100, true), target, () => undefined);
    for (const server of servers) server.close();
    assert.equal(seen.orders?.length, 7);
    assert.ok(seen.orders.every((url) => url.startsWith("/orders/")));
    assert.ok(seen.app?.every((url) => !url.startsWith("/orders/")));
  });

  it("says what to do when nothing answers, without sending the rest", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const started = Date.now();
    await assert.rejects(
      sendTraffic(planTraffic(60, 10), { app: url, upstream: url }, () => undefined),
      { name: "UserError", message: /does not answer at .*: run "npm run sandbox -- telemetry" first/ },
    );
    assert.ok(Date.now() - started < 5000);
  });
});

describe("describeTraffic", () => {
  it("is one line", () => {
    const line = describeTraffic({ seconds: 2.04, statuses: { 200: 5, 404: 1 }, unanswered: 2 });
    assert.equal(line, "8 requests in 2.0 s: 5 × 200, 1 × 404, 2 without an answer");
  });
});
