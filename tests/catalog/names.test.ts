import assert from "node:assert/strict";
import { namespaces, ports, resources, serviceHost, services } from "../../catalog/names.ts";

describe("names", () => {
  it("are names that Kubernetes takes", () => {
    for (const name of [...Object.values(namespaces), ...Object.values(resources), ...Object.values(services)]) {
      assert.match(name, /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
    }
  });

  it("are ports, one for each listener", () => {
    const numbers = Object.values(ports);
    assert.equal(new Set(numbers).size, numbers.length);
    for (const port of numbers) assert.ok(port > 1024 && port < 65536);
  });
});

describe("serviceHost", () => {
  it("is the Service's name in the cluster", () => {
    assert.equal(serviceHost("otel-collector", "observability"), "otel-collector.observability.svc");
  });
});
