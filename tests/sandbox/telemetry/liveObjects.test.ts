import assert from "node:assert/strict";
import type { KubeObject } from "../../../sandbox/kube/client.ts";
import { readLiveObjects } from "../../../sandbox/telemetry/liveObjects.ts";
import { stackObjects } from "../../support/liveObjects.ts";

const kinds = {
  "OpenTelemetryCollector observability/otel": "collector",
  "OpenTelemetryCollector observability/jaeger": "jaeger",
  "Prometheus observability/prometheus": "prometheus",
  "Instrumentation observability/python": "instrumentation",
  "Deployment python-api/python-api": "deployment",
} as const;

/** A cluster with the stack's objects, less the one that is missing. */
function client(missing?: string) {
  const objects = stackObjects();
  return {
    get: (ref: { kind: string; namespace?: string; name: string }) => {
      const key = `${ref.kind} ${ref.namespace ?? ""}/${ref.name}`;
      const found = key === missing ? undefined : objects[kinds[key as keyof typeof kinds]];
      return Promise.resolve(found as unknown as KubeObject | undefined);
    },
    list: () => Promise.resolve([]),
  };
}

describe("readLiveObjects", () => {
  it("reads what the stack made", async () => {
    assert.deepEqual(await readLiveObjects(client()), stackObjects());
  });

  for (const [missing, hint] of [
    ["OpenTelemetryCollector observability/otel", /no OpenTelemetryCollector "observability\/otel": run .* up" first/],
    ["OpenTelemetryCollector observability/jaeger", /the settings jaegerEngine "v2" and parts\.jaeger true/],
    ["Deployment python-api/python-api", /the setting parts\.sampleApi true/],
  ] as const) {
    it(`says what to do without the ${missing}`, async () => {
      await assert.rejects(readLiveObjects(client(missing)), { name: "UserError", message: hint });
    });
  }
});
