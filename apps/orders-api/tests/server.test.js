"use strict";
const assert = require("node:assert/strict");
const http = require("node:http");
const { after, before, describe, it } = require("node:test");
const { createServer } = require("../server.js");

/** Starts a server on a free port of loopback and gives its URL. */
async function listen(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}`;
}

describe("orders-api", () => {
  const catalogue = http.createServer((request, response) => {
    if (request.url === "/items/13") return void response.writeHead(500).end();
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ item_id: 7 }));
  });
  let orders;
  let url;

  before(async () => {
    orders = createServer({ catalogueUrl: await listen(catalogue) });
    url = await listen(orders);
  });
  after(() => {
    // fetch keeps its connections, and a server waits for them.
    for (const server of [orders, catalogue]) server.close().closeAllConnections();
  });

  it("answers an order with the catalogue's item", async () => {
    const response = await fetch(`${url}/orders/7`);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { order_id: 7, item: { item_id: 7 } });
  });

  it("answers 502 with the reason when the catalogue fails", async () => {
    const response = await fetch(`${url}/orders/13`);
    assert.equal(response.status, 502);
    assert.match((await response.json()).detail, /answered 500/);
  });

  it("answers 502 with the reason when the catalogue cannot be reached", async () => {
    const gone = http.createServer();
    const catalogueUrl = await listen(gone);
    gone.close();
    const lonely = createServer({ catalogueUrl });
    const response = await fetch(`${await listen(lonely)}/orders/1`);
    assert.equal(response.status, 502);
    assert.match((await response.json()).detail, /cannot be reached/);
    lonely.close().closeAllConnections();
  });

  it("counts orders by outcome", async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    assert.match(text, /^orders_total\{outcome="found"\} 1$/m);
    assert.match(text, /^orders_total\{outcome="failed"\} 1$/m);
  });

  it("answers 404 and 405 with a reason, and health", async () => {
    assert.equal((await fetch(`${url}/nothing`)).status, 404);
    assert.equal((await fetch(`${url}/orders/1`, { method: "POST" })).status, 405);
    assert.deepEqual(await (await fetch(`${url}/healthz`)).json(), { status: "ok" });
  });

  it("imports no telemetry library and depends on none", () => {
    const { dependencies = {} } = require("../package.json");
    assert.deepEqual(dependencies, {});
    const loaded = Object.keys(require.cache).filter((file) => file.includes("node_modules"));
    assert.deepEqual(loaded, []);
  });
});
