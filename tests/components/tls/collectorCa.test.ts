import assert from "node:assert/strict";
import { collectorCa } from "../../../components/tls/collectorCa.ts";
import { find, registering } from "../../../review/program/runs.ts";

describe("collectorCa", () => {
  it("has cert-manager write the CA into a team's namespace, by the issuer of the platform", async () => {
    const run = await registering(() => [
      collectorCa("shop", {}),
      collectorCa("orders", {}, "ClusterIssuer/company-ca"),
    ]);
    for (const [namespace, issuer] of [
      ["shop", "fluffy-observability-ca"],
      ["orders", "company-ca"],
    ] as const) {
      const { metadata, spec } = find(run, "Certificate", `Certificate-${namespace}-otlp-ca`).inputs as unknown as {
        metadata: { name: string; namespace: string };
        spec: { secretName: string; issuerRef: { name: string }; usages: string[] };
      };
      assert.deepEqual([metadata.name, metadata.namespace], ["otlp-ca", namespace]);
      assert.deepEqual([spec.secretName, spec.issuerRef.name], ["otlp-ca", issuer]);
      assert.ok(spec.usages.includes("client auth") && !spec.usages.includes("server auth"));
    }
  });
});
