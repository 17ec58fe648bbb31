import assert from "node:assert/strict";
import { paceOf, ruleSamples } from "../../../scripts/bench/ruleSamples.ts";

describe("ruleSamples", () => {
  const group = { name: "g", interval: "2m", rules: [{ record: "service:http_server_requests:rate2h", expr: "x" }] };
  const series = ruleSamples(2, 1_000_000_000, [group]);
  const named = (name: string, le?: string) =>
    series.filter(({ labels }) => labels["__name__"] === name && labels["le"] === le);

  it("has a hundred series of requests for each service: five pods, ten routes, two codes", () => {
    const counts = named("http_server_request_duration_seconds_count");
    assert.equal(counts.length, 200);
    assert.equal(new Set(counts.map(({ labels }) => JSON.stringify(labels))).size, 200);
  });

  it("has three days of them and of the objective's bucket, and ten minutes of whole histograms", () => {
    const bucket = "http_server_request_duration_seconds_bucket";
    const days = 3 * 86_400;
    const found = [named("http_server_request_duration_seconds_count"), named(bucket, "0.5"), named(bucket, "+Inf")];
    assert.deepEqual(
      found.map(([one]) => one?.samples.count),
      [days / 15, days / 15, 40],
    );
    assert.deepEqual(
      found.map(([one]) => one?.samples.chunks.at(-1)?.to),
      [1e12, 1e12, 1e12],
    );
  });

  it("has what rules recorded, at their pace", () => {
    const recorded = named("service:http_server_requests:rate2h");
    assert.deepEqual(
      recorded.map(({ samples }) => samples.count),
      [2160, 2160],
    );
  });
});

describe("paceOf", () => {
  it("is a group's interval in seconds, or Prometheus' own", () => {
    assert.equal(paceOf({ name: "g", interval: "4m", rules: [] }), 240);
    assert.equal(paceOf({ name: "g", rules: [] }), 30);
  });
});
