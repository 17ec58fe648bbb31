import assert from "node:assert/strict";
import { artifactsRequest, preparePlatformArtifacts } from "../../artifacts/request.ts";
import { parseSettings } from "../../settings/read.ts";
import { off } from "../../review/program/variants.ts";

const request = (config: Record<string, string> = {}) => artifactsRequest(parseSettings(config));
const names = (config: Record<string, string>) => {
  const { bundles, charts } = request(config);
  return [...Object.keys(bundles), ...Object.keys(charts)].sort();
};

describe("artifactsRequest", () => {
  it("asks for what the parts need", () => {
    const all = [
      "certManager",
      "grafanaOperator",
      "grafanaOperatorCrds",
      "metricsServer",
      "openTelemetryOperator",
      "prometheusOperator",
    ];
    assert.deepEqual(names({}), all);
    assert.deepEqual(names({ jaegerEngine: "operator" }), [...all, "jaegerOperator"].sort());
  });

  it("asks for nothing of a part that is off, and always for the OpenTelemetry operator", () => {
    const parts = off("certManager", "prometheusOperator", "metricsServer", "jaeger", "grafana");
    const jaeger = '{"endpoint":"jaeger.example:4317"}';
    assert.deepEqual(names({ parts, jaeger, jaegerEngine: "operator" }), ["openTelemetryOperator"]);
  });

  it("gives one CRD policy to all five operators", () => {
    for (const crdPolicy of ["keep", "delete"]) {
      const { bundles, charts } = request({ crdPolicy, jaegerEngine: "operator" });
      const policies = [...Object.values(bundles), ...Object.values(charts)].map(({ patches }) => patches);
      assert.equal(policies.length, 7);
      for (const policy of policies) assert.equal(policy.crdPolicy, crdPolicy);
    }
  });

  it("moves the Prometheus operator out of namespace default", () => {
    assert.deepEqual(request().bundles["prometheusOperator"]?.patches.namespace, {
      from: "default",
      to: "prometheus-operator",
    });
  });

  it("replaces the Jaeger operator's image that is gone", () => {
    const { patches } = request({ jaegerEngine: "operator" }).bundles["jaegerOperator"] ?? assert.fail();
    assert.deepEqual(patches.images, {
      "gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1": "quay.io/brancz/kube-rbac-proxy:v0.13.1",
    });
  });

  it("trusts the kubelets' certificates only where the settings say so", () => {
    assert.equal(request().bundles["metricsServer"]?.patches.extraArgs, undefined);
    const dev = request({ metricsServer: '{"kubeletInsecureTls":true}' });
    assert.deepEqual(dev.bundles["metricsServer"]?.patches.extraArgs, { "metrics-server": ["--kubelet-insecure-tls"] });
  });

  it("lets Go programs be injected only where the settings say so", () => {
    assert.equal(request().bundles["openTelemetryOperator"]?.patches.extraArgs, undefined);
    const on = request({ instrumentation: '{"goInjection":true}' });
    assert.deepEqual(Object.values(on.bundles["openTelemetryOperator"]?.patches.extraArgs ?? {}), [
      ["--enable-go-instrumentation=true"],
    ]);
  });
});

describe("preparePlatformArtifacts", () => {
  it("says in one line that the mirror is not there", async () => {
    await assert.rejects(preparePlatformArtifacts(parseSettings({ artifactsMirror: "nowhere" })), {
      message: "artifactsMirror: there is no nowhere/SHA256SUMS: a mirror holds SHA256SUMS, bundles/ and charts/",
    });
  });
});
