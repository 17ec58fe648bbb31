import assert from "node:assert/strict";
import { load } from "js-yaml";
import { choices, findings, type FoundCluster, settingsText } from "../../settings/ownCluster.ts";
import { parseSettings } from "../../settings/read.ts";
import { mergeConfig } from "../../settings/stackFile.ts";
import { bareCluster as bare } from "../support/bareCluster.ts";

/** The settings that the file for a cluster gives, as the program reads it. */
function settingsFor(found: FoundCluster) {
  const { config } = load(settingsText("shop-prod", choices("shop-prod", found))) as {
    config: Record<string, unknown>;
  };
  const values = mergeConfig("fluffy-observability", {}, config, { file: "Pulumi.shop-prod.yaml", stack: "shop-prod" });
  const prefix = "fluffy-observability:".length;
  return parseSettings(Object.fromEntries(Object.entries(values).map(([key, value]) => [key.slice(prefix), value])));
}

describe("the settings for a cluster", () => {
  it("bring what a bare cluster lacks, and keep nothing on volumes", () => {
    const { kubeContext, crdPolicy, parts, cluster, jaeger, prometheus, metricsServer, tenancy } = settingsFor(bare);
    assert.deepEqual([kubeContext, crdPolicy, cluster.name], ["shop", "keep", "shop-prod"]);
    assert.deepEqual([parts.certManager, parts.prometheusOperator, parts.metricsServer], [true, true, true]);
    assert.equal(parts.sampleApi, false);
    assert.deepEqual([jaeger.storage, prometheus.volumeSize], ["memory", ""]);
    assert.deepEqual([metricsServer.kubeletInsecureTls, tenancy.policies], [false, true]);
  });

  it("leave out what is there", () => {
    const there = { metricsServer: "running", certManager: "running", prometheusOperator: "running" } as const;
    const { parts } = settingsFor({ ...bare, ...there });
    assert.deepEqual([parts.certManager, parts.prometheusOperator, parts.metricsServer], [false, false, false]);
  });

  it("do not take kinds that were left behind for an operator", () => {
    assert.equal(settingsFor({ ...bare, certManager: "kinds only" }).parts.certManager, true);
  });

  it("bring metrics-server where only its APIService was left, and say that it stands in the way", () => {
    const left = { ...bare, metricsServer: "not available" } as const;
    assert.equal(settingsFor(left).parts.metricsServer, true);
    assert.ok(findings(left).some((line) => line.startsWith("warning: metricsServer: APIService v1beta1.metrics")));
    assert.ok(!findings(bare).some((line) => line.includes("APIService")));
  });

  it("say what a stack that was destroyed has left, and what would delete it", () => {
    const warns = (found: FoundCluster) => findings(found).some((line) => line.includes("volume claims of a stack"));
    assert.ok(warns({ ...bare, keptClaims: true }));
    assert.ok(!warns(bare));
  });

  it("keep data on volumes where there is a default storage class", () => {
    const { jaeger, prometheus, logs, grafana } = settingsFor({ ...bare, storageClass: "standard" });
    assert.deepEqual([jaeger.storage, jaeger.volumeSize], ["badger", "10Gi"]);
    assert.deepEqual([prometheus.volumeSize, logs.volumeSize, grafana.volumeSize], ["20Gi", "20Gi", "1Gi"]);
  });

  it("leave the monitoring alone that was there before", () => {
    const there = { ...bare, prometheusOperator: "running", monitoringNamespaces: ["monitoring", "edge"] } as const;
    assert.deepEqual(settingsFor(there).tenancy, { policies: true, trustedNamespaces: ["monitoring", "edge"] });
    assert.deepEqual(settingsFor({ ...there, distribution: "OpenShift" }).tenancy, {
      ...{ policies: false, trustedNamespaces: [] },
    });
  });

  it("do not have the stack's operator run what another one has left", () => {
    const left = { ...bare, prometheusOperator: "kinds only", monitoringNamespaces: ["monitoring"] } as const;
    const { tenancy, parts } = settingsFor(left);
    assert.deepEqual([parts.prometheusOperator, tenancy.trustedNamespaces], [true, []]);
    assert.ok(findings(left).some((line) => line.startsWith("warning: Prometheus, Alertmanager or the like")));
  });

  it("fit kind, OpenShift and an old cluster", () => {
    assert.equal(settingsFor({ ...bare, distribution: "kind" }).metricsServer.kubeletInsecureTls, true);
    assert.equal(settingsFor({ ...bare, distribution: "OpenShift" }).instrumentation.initContainerUser, 0);
    assert.equal(settingsFor({ ...bare, version: "v1.29.8-eks-1" }).tenancy.policies, false);
  });

  it("have a comment each, and keep how secrets are encrypted", () => {
    const text = settingsText("shop-prod", choices("shop-prod", bare), { encryptionsalt: "v1:abc" });
    const lines = text.split("\n");
    assert.equal(lines[1], "encryptionsalt: v1:abc");
    const values = lines.filter((line) => /^\s+[\w:-]+: \S/.test(line));
    assert.equal(values.length, choices("shop-prod", bare).length);
    for (const value of values) assert.match(lines[lines.indexOf(value) - 1] ?? "", /^\s+# [A-Z].*\.$/, value);
  });

  it("keep a long context, or one with blanks, on its line", () => {
    const arn = "arn:aws:eks:ap-southeast-1:123456789012:cluster/payments-production-blue-cluster-01";
    for (const context of [arn, Array(20).fill("blue one").join(" ")]) {
      assert.equal(settingsFor({ ...bare, context }).kubeContext, context);
    }
  });
});

describe("what is said of a cluster", () => {
  it("is one line for each thing that was looked at, and no warning where all is well", () => {
    assert.deepEqual(findings({ ...bare, storageClass: "standard", podSecurity: ["shop", "pay"] }), [
      "context shop: Kubernetes v1.34.1",
      "metrics-server: none",
      "cert-manager: none",
      "Prometheus operator: none",
      "Gateway API: none",
      "default storage class: standard",
      "Pod Security: enforced in shop, pay; the stack labels its own namespaces",
    ]);
  });

  it("names where there is monitoring already", () => {
    const lines = findings({ ...bare, prometheusOperator: "running", monitoringNamespaces: ["monitoring", "edge"] });
    assert.ok(lines.includes("Prometheus operator: running; monitoring in monitoring, edge"));
  });

  it("warns of what pulumi up would stumble over", () => {
    const warnings = findings({
      ...bare,
      version: "v1.24.0",
      isAdmin: false,
      certManager: "kinds only",
      otherOperators: ["a Grafana operator"],
    }).filter((line) => line.startsWith("warning: "));
    assert.deepEqual(
      warnings.map((line) => line.split(" ").slice(1, 4).join(" ")),
      ["Kubernetes v1.24.0 is", "you may not", "certManager: its CRDs", "a Grafana operator"],
    );
  });
});
