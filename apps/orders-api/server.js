"use strict";
// CommonJS: the injected instrumentation wraps modules as they are required.
const http = require("node:http");

/** How long an order waits for the catalogue, in milliseconds. */
const CATALOGUE_TIMEOUT_MS = 2000;

/**
 * The orders API: `GET /orders/{id}` asks the catalogue (python-api) for the item of the order, `GET /healthz` says that it
 * serves, `GET /metrics` counts orders for Prometheus.
 *
 * @param {{ catalogueUrl: string }} options where the catalogue is
 * @returns {http.Server} not listening yet
 */
function createServer({ catalogueUrl }) {
  const orders = { found: 0, failed: 0 };
  return http.createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const order = /^\/orders\/(\d+)$/.exec(pathname);
    if (request.method !== "GET") return answer(response, 405, { detail: "only GET is allowed" });
    if (pathname === "/healthz") return answer(response, 200, { status: "ok" });
    if (pathname === "/metrics") return metrics(response, orders);
    if (order === null) return answer(response, 404, { detail: `no such path: ${pathname}` });
    return getOrder(response, Number(order[1]), { catalogueUrl, orders });
  });
}

async function getOrder(response, id, { catalogueUrl, orders }) {
  try {
    const item = await fetch(new URL(`/items/${id}`, catalogueUrl), {
      signal: AbortSignal.timeout(CATALOGUE_TIMEOUT_MS),
    });
    if (!item.ok) throw new Error(`answered ${item.status}`);
    const body = await item.json();
    orders.found += 1;
    answer(response, 200, { order_id: id, item: body });
  } catch (error) {
    orders.failed += 1;
    answer(response, 502, { detail: `the catalogue at ${catalogueUrl} ${reason(error)}` });
  }
}

function reason(error) {
  if (error.name === "TimeoutError") return `did not answer within ${CATALOGUE_TIMEOUT_MS} ms`;
  return error.cause?.code === undefined ? error.message : `cannot be reached (${error.cause.code})`;
}

function metrics(response, orders) {
  response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
  response.end(
    [
      "# HELP orders_total Orders that were asked for, by outcome.",
      "# TYPE orders_total counter",
      ...Object.entries(orders).map(([outcome, count]) => `orders_total{outcome="${outcome}"} ${count}`),
      "",
    ].join("\n"),
  );
}

function answer(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

module.exports = { createServer };
