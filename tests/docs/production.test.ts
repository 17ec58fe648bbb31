import assert from "node:assert/strict";
import type { Flow } from "../../components/network/flow.ts";
import { stackFlows } from "../../components/network/flows.ts";
import { parseSettings } from "../../settings/read.ts";
import { readProjectFile, tableUnder } from "../support/markdown.ts";
import { productionExampleConfig } from "../support/productionExample.ts";
import { programRun } from "../../review/program/runs.ts";
import { flattenSettings } from "../support/settings.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";

const file = "docs/production.md";

describe(file, () => {
  it("has the flows of stack prod, from the table in the code", () => {
    const flows = stackFlows(parseSettings(stackConfig("prod"))).filter(({ to }) => to !== "DNS");
    assert.deepEqual(tableUnder(readProjectFile(file), "Network"), flows.map(row));
  });

  it("has an example that registers and sets what the page names", async () => {
    const settings = productionExampleConfig();
    const flat = new Map(flattenSettings(parseSettings(settings)));
    assert.deepEqual(
      [flat.get("networkPolicies.enabled"), flat.get("networkPolicies.apiServerCidrs")],
      [true, ["10.0.0.1/32"]],
    );
    for (const key of [
      ...["images.registry", "collector.maxReplicas", "collector.corsOrigins", "collector.tailSampling.enabled"],
      ...[
        "grafana.database.host",
        "images.pullSecrets",
        "access.authentication",
        "oidc.issuerUrl",
        "oidc.clientSecret",
      ],
      ...["apiNamespaces.cpu", "apiNamespaces.memory", "apiNamespaces.pods"],
    ])
      assert.ok(flat.get(key), key);
    for (const key of ["tls.internal", "tls.applications"]) assert.equal(flat.get(key), true, key);
    assert.equal((flat.get("prometheus.remoteWrite") as object[]).length, 1);
    for (const key of ["prometheus", "alertmanager", "collector", "grafana", "sampleApi"]) {
      assert.ok(Number(flat.get(`${key}.replicas`)) > 1, key);
    }
    const kinds = new Set((await programRun(settings, "prod")).registered.map(({ inputs }) => inputs["kind"]));
    for (const part of ["grafana", "prometheus", "alertmanager", "jaeger", "logs"])
      assert.ok(flat.get(`access.hosts.${part}`), part);
    for (const kind of ["NetworkPolicy", "PodDisruptionBudget", "HTTPRoute", "Certificate", "ClusterIssuer"])
      assert.ok(kinds.has(kind), kind);
  });
});

function row({ from, to, ports, why }: Flow): string[] {
  const numbers =
    ports === "all"
      ? "all"
      : ports.map(({ port, protocol }) => `${port}${protocol === "UDP" ? "/UDP" : ""}`).join(", ");
  return [from, to, numbers, why];
}
