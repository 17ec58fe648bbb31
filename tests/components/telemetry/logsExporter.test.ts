import assert from "node:assert/strict";
import { parseSettings } from "../../../settings/read.ts";
import { logsExporter, logsTarget } from "../../../components/telemetry/logsExporter.ts";

describe("logsTarget", () => {
  it("is the stack's own store, with streams of few names", () => {
    const target = logsTarget(parseSettings({}));
    assert.deepEqual(target?.address, {
      logs_endpoint: "http://victoria-logs.observability.svc:9428/insert/opentelemetry/v1/logs",
    });
    assert.doesNotMatch(target.headers["VL-Stream-Fields"] ?? "", /uid|pid/);
  });

  it("is one elsewhere where the settings say so, and none where logs are off", () => {
    const target = logsTarget(parseSettings({ logs: '{"otlpEndpoint":"https://logs.example"}' }));
    assert.deepEqual(target, { address: { endpoint: "https://logs.example" }, headers: {}, compression: "gzip" });
    assert.equal(logsTarget(parseSettings({ parts: '{"logs":false}' })), undefined);
  });
});

describe("logsExporter", () => {
  it("has the queue that it is given", () => {
    const { sending_queue: queue } = logsExporter(
      { address: { endpoint: "https://logs.example" }, headers: {}, compression: "gzip" },
      { queue_size: 7 },
      "0s",
    );
    assert.equal((queue as { queue_size?: number }).queue_size, 7);
  });
});
