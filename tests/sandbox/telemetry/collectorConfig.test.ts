import assert from "node:assert/strict";
import { listeningPorts, localCollectorConfig } from "../../../sandbox/telemetry/collectorConfig.ts";
import { userPorts } from "../../../sandbox/telemetry/loopback.ts";
import { stackObjects } from "../../support/liveObjects.ts";

describe("localCollectorConfig", () => {
  const { collector } = stackObjects();

  it("changes addresses and nothing else", () => {
    const local = localCollectorConfig(collector, userPorts);
    const { service, ...components } = collector.spec.config;
    const expected = JSON.stringify(components)
      .replaceAll("0.0.0.0", "127.0.0.1")
      .replace("jaeger-collector.observability.svc:4317", "127.0.0.1:14317");
    const { service: localService, ...localComponents } = local;
    assert.deepEqual(localComponents, JSON.parse(expected));
    assert.deepEqual({ ...localService, telemetry: service.telemetry }, { telemetry: undefined, ...service });
  });

  it("shows the collector's own metrics where the operator puts them", () => {
    assert.deepEqual(localCollectorConfig(collector, userPorts).service.telemetry, {
      metrics: { readers: [{ pull: { exporter: { prometheus: { host: "127.0.0.1", port: 8888 } } } }] },
    });
  });

  it("keeps what the live configuration says of the collector's own telemetry", () => {
    const own = structuredClone(collector);
    own.spec.config.service.telemetry = { logs: { level: "warn" }, metrics: { level: "detailed" } };
    const { telemetry } = localCollectorConfig(own, userPorts).service;
    assert.deepEqual(telemetry, { logs: { level: "warn" }, metrics: { level: "detailed" } });
  });
});

describe("listeningPorts", () => {
  it("finds what listens, not what is sent to", () => {
    const ports = listeningPorts(localCollectorConfig(stackObjects().collector, userPorts));
    assert.deepEqual(
      ports.toSorted((a, b) => a - b),
      [4317, 4318, 8888, 8889, 13133],
    );
  });
});
