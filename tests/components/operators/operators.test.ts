import assert from "node:assert/strict";
import type { ProgramRun } from "../../../review/program/program.ts";
import { programRun } from "../../../review/program/runs.ts";
import { variants } from "../../../review/program/variants.ts";

const releases = (run: ProgramRun) =>
  run.registered
    .filter(({ label }) => label.startsWith("Release "))
    .map(({ inputs }) => `${String(inputs["namespace"])}/${String(inputs["name"])}`)
    .sort();

describe("installOperators", () => {
  const all = [
    "cert-manager/cert-manager",
    "grafana-operator/grafana-operator",
    "grafana-operator/grafana-operator-crds",
    "kube-system/metrics-server",
    "opentelemetry-operator-system/opentelemetry-operator",
    "prometheus-operator/prometheus-operator",
  ];

  for (const [variant, expected] of [
    ["the defaults", all],
    ["engine operator", [...all, "observability/jaeger-operator"].sort()],
    ["without cert-manager and the Prometheus operator", all.filter((name) => !/^(cert|prom)/.test(name))],
    ["without Grafana", all.filter((name) => !name.startsWith("grafana"))],
    ["without metrics-server and the sample API", all.filter((name) => !name.startsWith("kube-system"))],
  ] as const) {
    it(`installs each operator in its own namespace: ${variant}`, async () => {
      assert.deepEqual(releases(await programRun(variants[variant])), expected);
    });
  }
});
