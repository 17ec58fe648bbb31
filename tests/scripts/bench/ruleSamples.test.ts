import assert from "node:assert/strict";
import { ruleSamples } from "../../../scripts/bench/ruleSamples.ts";

describe("ruleSamples", () => {
  const group = { name: "g", interval: "2m", rules: [{ record: "service:http_server_requests:rate2h", expr: "x" }] };
  const text = [...ruleSamples(1, 1_000_000_000, [group])].join("");

  it("has a sample of each raw series every 30 s for three days, to the end", () => {
    const counts = text.match(/^http_server_request_duration_seconds_count\{.*"200"\} \d+ \d+$/gm) ?? [];
    assert.equal(counts.length, 8640);
    assert.ok(counts.at(-1)?.endsWith(" 1000000000"));
  });

  it("has what rules recorded, at their pace", () => {
    assert.equal(text.match(/^service:http_server_requests:rate2h\{/gm)?.length, 2160);
  });

  it("ends as OpenMetrics does", () => {
    assert.ok(text.endsWith("# EOF\n"));
  });
});
