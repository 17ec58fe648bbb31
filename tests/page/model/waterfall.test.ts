import assert from "node:assert/strict";
import {
  drawWaterfall,
  formatDuration,
  placement,
  spanTitle,
  tellingAttributes,
} from "../../../page/model/waterfall.ts";
import { exampleTrace } from "../../support/exampleTrace.ts";

describe("drawWaterfall", () => {
  it("draws a bar for each span and says what happened", () => {
    assert.deepEqual(drawWaterfall(exampleTrace), [
      "trace aa11  2023-11-14T22:13:20.000Z  10.0 ms  3 spans",
      "  GET /hello              server    10.0 ms  |████████████████████████████████|",
      "    http.route=/hello",
      "!   GET                   client     5.0 ms  |        ████████████████        |",
      "      http.response.status_code=503  url.full=http://127.0.0.1:1/users/<o>  error.type=503",
      "    GET /hello http send  internal    20 µs  |                               █|",
      "      asgi.event.type=http.response.body",
    ]);
  });
});

describe("spanTitle", () => {
  it("names the service only where a trace passes several", () => {
    const [server, client, ...others] = exampleTrace.spans;
    assert.ok(server !== undefined && client !== undefined);
    assert.equal(spanTitle(exampleTrace, server), "GET /hello");
    const through = { ...exampleTrace, spans: [{ ...server, service: "orders-api" }, client, ...others] };
    assert.deepEqual(
      through.spans.slice(0, 2).map((span) => spanTitle(through, span)),
      ["orders-api: GET /hello", "python-api: GET"],
    );
  });
});

describe("tellingAttributes", () => {
  it("have the path only where neither route nor URL say it", () => {
    const [server] = exampleTrace.spans;
    assert.ok(server !== undefined);
    const of = (attributes: Record<string, string>) => tellingAttributes({ ...server, attributes });
    assert.deepEqual(of({ "url.path": "/items/7", "http.route": "/items/{item_id}" }), ["http.route=/items/{item_id}"]);
    assert.deepEqual(of({ "url.path": "/items/7", "url.full": "http://a/items/7" }), ["url.full=http://a/items/7"]);
    assert.deepEqual(of({ "url.path": "/orders/7" }), ["url.path=/orders/7"]);
  });
});

describe("placement", () => {
  it("is in percent of the trace", () => {
    const [, client] = exampleTrace.spans;
    assert.ok(client !== undefined);
    assert.deepEqual(placement(exampleTrace, client), { offset: 25, width: 50 });
  });

  it("holds for a trace that took no time", () => {
    const [server] = exampleTrace.spans;
    assert.ok(server !== undefined);
    assert.deepEqual(placement({ ...exampleTrace, duration: 0 }, { ...server, duration: 0 }), { offset: 0, width: 0 });
  });
});

describe("formatDuration", () => {
  it("chooses the unit", () => {
    assert.deepEqual([640, 12_340, 1_204_000].map(formatDuration), ["640 µs", "12.3 ms", "1.20 s"]);
  });
});
