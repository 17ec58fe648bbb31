import assert from "node:assert/strict";
import { ignoredDatapoints, ignoredSpans, pythonExcludedUrls } from "../../../components/telemetry/ignoredPaths.ts";

describe("pythonExcludedUrls", () => {
  // Python joins them so, and searches.
  const left = new RegExp(pythonExcludedUrls(["/healthz", "/v1.0/up"]).split(",").join("|"));

  for (const url of [
    "http://127.0.0.1:8000/healthz",
    "https://orders.example/healthz?verbose=1",
    "http://orders.example/healthz#top",
    "/healthz",
    "/healthz?verbose",
    "ws://orders.example/v1.0/up",
  ])
    it(`leaves out ${url}`, () => {
      assert.match(url, left);
    });

  for (const url of [
    "http://healthz/items/7",
    "http://healthz-gateway:8000/items/7",
    "http://orders.example/items/healthz-report",
    "http://orders.example/items/healthz",
    "http://orders.example/healthz/deep",
    "http://orders.example/healthzz",
    "http://orders.example/items?next=/healthz",
    "http://orders.example/v1x0/up",
    "/items/healthz",
  ])
    it(`keeps ${url}`, () => {
      assert.doesNotMatch(url, left);
    });

  it("is empty without paths", () => {
    assert.equal(pythonExcludedUrls([]), "");
  });
});

describe("the collector's conditions", () => {
  it("match whole paths of server spans, and routes of what is below", () => {
    assert.deepEqual(ignoredSpans(["/healthz", "/v1.0/up"]), [
      'kind == SPAN_KIND_SERVER and (IsMatch(attributes["url.path"], "^(/healthz|/v1[.]0/up)$")' +
        ' or IsMatch(attributes["http.target"], "^(/healthz|/v1[.]0/up)$"))',
      'kind == SPAN_KIND_INTERNAL and (IsMatch(attributes["http.route"], "^(/healthz|/v1[.]0/up)$"))',
    ]);
  });

  it("match whole routes of metrics", () => {
    assert.deepEqual(ignoredDatapoints(["/healthz"]), ['IsMatch(attributes["http.route"], "^(/healthz)$")']);
  });

  it("are none without paths", () => {
    assert.deepEqual([ignoredSpans([]), ignoredDatapoints([])], [[], []]);
  });
});
