import assert from "node:assert/strict";
import { sandboxPaths } from "../../../sandbox/paths.ts";
import { telemetryFolder, telemetryPorts, telemetryUrls } from "../../../sandbox/telemetry/local.ts";

describe("telemetryPorts", () => {
  it("are the ones that users know", () => {
    assert.deepEqual(telemetryUrls(telemetryPorts(sandboxPaths())), {
      app: "http://127.0.0.1:8000",
      upstream: "http://127.0.0.1:18000",
      ordersApi: "http://127.0.0.1:8080",
      jaeger: "http://127.0.0.1:16686",
      prometheus: "http://127.0.0.1:9090",
      alertmanager: "http://127.0.0.1:9093",
      logs: "http://127.0.0.1:9428",
    });
  });

  it("follow the cluster's when --port moved it, each port once", () => {
    const { collector, tailSampler, jaeger, logAgent, ...others } = telemetryPorts(sandboxPaths({ port: 20000 }));
    const all = [collector, tailSampler, jaeger, logAgent, others].flatMap((ports) => Object.values<number>(ports));
    assert.deepEqual(
      all.sort(),
      Array.from({ length: 27 }, (_, index) => 20010 + index),
    );
  });
});

describe("telemetryFolder", () => {
  it("is in the sandbox's state", () => {
    assert.equal(telemetryFolder(sandboxPaths({ state: "/s" })), "/s/telemetry");
  });
});
