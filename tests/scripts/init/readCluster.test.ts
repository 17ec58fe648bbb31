import assert from "node:assert/strict";
import { readCluster } from "../../../scripts/init/readCluster.ts";

/** What a cluster without anything answers. */
const answers: Readonly<Record<string, unknown>> = {
  "/version": { gitVersion: "v1.34.0" },
  "/apis": { groups: [] },
};

describe("readCluster", () => {
  const path = "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io";
  const available = (status: string) => ({
    status: {
      conditions: [
        { type: "Other", status: "True" },
        { type: "Available", status },
      ],
    },
  });

  it("tells the namespace that a destroyed stack has left from a platform that is there", async () => {
    const labels = { "app.kubernetes.io/part-of": "fluffy-observability" };
    const look = async (...names: string[]) => {
      const items = names.map((name) => ({ metadata: { name, labels } }));
      const get = (asked: string) => Promise.resolve(asked === "/api/v1/namespaces" ? { items } : answers[asked]);
      const { hasPlatform, keptClaims } = await readCluster({ context: "shop", isAdmin: true, get });
      return { hasPlatform, keptClaims };
    };
    assert.deepEqual(await look("observability"), { hasPlatform: false, keptClaims: true });
    const there = await look("observability", "opentelemetry-operator-system");
    assert.deepEqual(there, { hasPlatform: true, keptClaims: false });
    assert.deepEqual(await look(), { hasPlatform: false, keptClaims: false });
  });

  for (const [what, apiService, expected] of [
    ["no APIService", undefined, "none"],
    ["one that is available", available("True"), "running"],
    ["one that was left behind", available("False"), "not available"],
    ["one that nobody has looked at yet", {}, "not available"],
  ] as const) {
    it(`takes ${what} of the metrics API for metrics-server that is "${expected}"`, async () => {
      const get = (asked: string) => Promise.resolve(asked === path ? apiService : answers[asked]);
      assert.equal((await readCluster({ context: "shop", isAdmin: true, get })).metricsServer, expected);
    });
  }
});
