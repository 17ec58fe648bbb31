import assert from "node:assert/strict";
import { join } from "node:path";
import { load } from "js-yaml";
import type { Flow } from "../../components/network/flow.ts";
import { stackFlows } from "../../components/network/flows.ts";
import { parseSettings } from "../../settings/read.ts";
import { readProject } from "../../settings/stackFile.ts";
import { projectFolder, readProjectFile, tableUnder } from "../support/markdown.ts";
import { asConfig } from "../support/platformSandbox.ts";
import { programRun } from "../../review/program/runs.ts";
import { flattenSettings, withEntry } from "../support/settings.ts";
import { productionExample, stackConfig } from "../../review/program/stackConfig.ts";

const file = "docs/production.md";

describe(file, () => {
  it("has the flows of stack prod, from the table in the code", () => {
    const flows = stackFlows(parseSettings(stackConfig("prod"))).filter(({ to }) => to !== "DNS");
    assert.deepEqual(tableUnder(readProjectFile(file), "Network"), flows.map(row));
  });

  it("has an example that registers and sets what the page names", async () => {
    const settings = stackConfig("prod", ".", productionExample);
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

  it("names every setting that the example leaves out, with the reason", () => {
    const page = readProjectFile(file);
    const known = flattenSettings(parseSettings({})).map(([key]) => key);
    const words = [...page.matchAll(/`(\w+(?:\.\w+)*)(?:: [^`]*)?`/g)].map(([, word = ""]) => word);
    const isPartOf = (part: string) => (key: string) => key === part || key.startsWith(`${part}.`);
    const named = [...new Set(words)].filter((word) => known.some(isPartOf(word)));
    const { name, values } = readProject(projectFolder, "prod", { configFile: join(projectFolder, productionExample) });
    const set = flattenSettings(values).map(([key]) => key.replace(`${name}:`, ""));
    const reasons = tableUnder(page, "The example");
    const left = reasons.flatMap(([cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, key = ""]) => key));
    assert.ok(reasons.every(([, why = ""]) => why.length > 10));
    assert.deepEqual(named.filter((word) => !set.some(isPartOf(word))).sort(), left.sort());
  });

  it("names settings for kinds of cluster that prod takes", () => {
    const rows = tableUnder(readProjectFile(file), "Kinds of cluster");
    const prod = Object.entries(stackConfig("prod"));
    let tried = 0;
    for (const [cluster = "", , what = ""] of rows) {
      const entries = namedSettings(what);
      tried += entries.length;
      const values: Record<string, unknown> = Object.fromEntries(prod.map(([key, text]) => [key, load(text)]));
      const settings = entries.reduce<unknown>((all, [path, value]) => withEntry(all, path, value), values);
      assert.doesNotThrow(() => parseSettings(asConfig(settings as Record<string, unknown>)), cluster);
    }
    assert.ok(tried > 8, String(tried));
  });
});

/** The entries of a setting that a cell names, such as `parts.metricsServer: false`. */
function namedSettings(cell: string): [string[], unknown][] {
  return [...cell.matchAll(/`(\w+(?:\.\w+)+): ([^`]+)`/g)].map(([, key = "", value = ""]) => [
    key.split("."),
    load(value),
  ]);
}

function row({ from, to, ports, why }: Flow): string[] {
  const numbers =
    ports === "all"
      ? "all"
      : ports.map(({ port, protocol }) => `${port}${protocol === "UDP" ? "/UDP" : ""}`).join(", ");
  return [from, to, numbers, why];
}
