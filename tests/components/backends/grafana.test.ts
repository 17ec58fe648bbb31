import assert from "node:assert/strict";
import { grafanaSpec } from "../../../components/backends/grafana.ts";
import { parseSettings } from "../../../settings/read.ts";
import { find, programRun } from "../../../review/program/runs.ts";
import { variants } from "../../../review/program/variants.ts";

const specFor = (grafana: object = {}, publicUrl: string | null = null) => {
  const { grafana: settings, oidc } = parseSettings({ grafana: JSON.stringify(grafana) });
  return grafanaSpec({ settings, oidc, publicUrl }, []);
};

describe("grafanaSpec", () => {
  it("takes the admin's login from the stack's Secret, and makes no other", () => {
    const spec = specFor();
    assert.equal(spec.disableDefaultAdminSecret, true);
    const [container] = spec.deployment.spec.template.spec.containers;
    assert.deepEqual(
      container?.env,
      ["GF_SECURITY_ADMIN_USER", "GF_SECURITY_ADMIN_PASSWORD"].map((key) => ({
        name: key,
        valueFrom: { secretKeyRef: { name: "grafana-admin-credentials", key } },
      })),
    );
  });

  it("refers to Secrets of the stack that its operator watches", async () => {
    const run = await programRun(variants["hosts behind oauth2-proxy"]);
    const grafana = JSON.stringify(find(run, "Grafana", "Grafana-grafana").inputs);
    const named = new Set([...grafana.matchAll(/"secretKeyRef":\{[^}]*"name":"([\w-]+)"/g)].map(([, name]) => name));
    const own = run.registered.filter(({ type, name }) => type === "kubernetes:core/v1:Secret" && named.has(name));
    assert.deepEqual(own.map(({ name }) => name).sort(), ["grafana-admin-credentials", "grafana-metrics"]);
    for (const { name, inputs } of own) {
      const { labels } = inputs["metadata"] as { labels: Record<string, string> };
      assert.equal(labels["app.kubernetes.io/managed-by"], "grafana-operator", name);
    }
  });

  it("lets nobody in without a login and calls nobody", () => {
    assert.deepEqual(specFor().config, {
      "auth.anonymous": { enabled: "false" },
      analytics: { reporting_enabled: "false", check_for_updates: "false" },
      server: { enable_gzip: "false" },
    });
  });

  it("knows the URL that people open it by, and sends its cookies over TLS only", () => {
    const { server, security } = specFor({}, "https://grafana.example.org").config;
    assert.deepEqual(server, { enable_gzip: "false", root_url: "https://grafana.example.org/" });
    assert.deepEqual(security, { cookie_secure: "true", cookie_samesite: "lax" });
  });

  it("shows its metrics to Prometheus alone where people open it: they are at the same address", () => {
    const login = (publicUrl: string | null) =>
      specFor({}, publicUrl)
        .deployment.spec.template.spec.containers[0]?.env.filter(({ name }) => name.startsWith("GF_METRICS_"))
        .map(({ name, valueFrom }) => [name, valueFrom?.secretKeyRef]);
    assert.deepEqual(login("https://grafana.example.org"), [
      ["GF_METRICS_BASIC_AUTH_USERNAME", { name: "grafana-metrics", key: "username" }],
      ["GF_METRICS_BASIC_AUTH_PASSWORD", { name: "grafana-metrics", key: "password" }],
    ]);
    assert.deepEqual(login(null), []);
  });

  it("fetches the plug-ins that data sources need", () => {
    const { config } = grafanaSpec(
      { settings: parseSettings({}).grafana, oidc: parseSettings({}).oidc, publicUrl: null },
      ["one@1.0.0", "two@2.0.0"],
    );
    assert.deepEqual(config["plugins"], { preinstall: "one@1.0.0,two@2.0.0" });
  });

  it("keeps its data on a volume, which one pod at a time has", () => {
    const { persistentVolumeClaim, deployment } = specFor({ volumeSize: "1Gi" });
    assert.deepEqual(persistentVolumeClaim?.spec.resources, { requests: { storage: "1Gi" } });
    assert.deepEqual(deployment.spec.strategy, { type: "Recreate" });
    assert.deepEqual(deployment.spec.template.spec.volumes[0], {
      name: "grafana-data",
      persistentVolumeClaim: { claimName: "grafana-pvc" },
    });
  });

  it("gives its volume to the operator's user, who may not write it otherwise", () => {
    const securityContextOf = (grafana?: object) => specFor(grafana).deployment.spec.template.spec.securityContext;
    assert.equal(securityContextOf({ volumeSize: "1Gi" })?.fsGroup, 10_001);
    assert.equal(securityContextOf(), undefined);
  });

  it("has no volume unless told so", () => {
    const { persistentVolumeClaim, deployment } = specFor();
    assert.deepEqual([persistentVolumeClaim, deployment.spec.strategy], [undefined, undefined]);
    assert.ok(!JSON.stringify(deployment).includes("Claim"));
  });

  it("bounds what it writes to its node, under the names that the operator gives its volumes", () => {
    const limits = specFor().deployment.spec.template.spec.volumes.map(({ name, emptyDir }) => [
      name,
      emptyDir?.sizeLimit,
    ]);
    assert.deepEqual(Object.fromEntries(limits), {
      "grafana-data": "1Gi",
      "grafana-logs": "256Mi",
      "grafana-tmp": "256Mi",
    });
  });
});

describe("Grafana", () => {
  it("has a long password of letters and digits, which no shell or URL changes", async () => {
    const { inputs } = find(await programRun(), "RandomPassword", "grafana-admin");
    assert.deepEqual(inputs, { length: 32, special: false });
  });

  it("carries the labels by which data sources find it", async () => {
    const run = await programRun();
    const { metadata } = find(run, "Grafana", "Grafana-grafana").inputs as {
      metadata: { labels: Record<string, string> };
    };
    const sources = run.registered.filter(({ label }) => label.startsWith("GrafanaDatasource "));
    assert.equal(sources.length, 3);
    for (const { inputs } of sources) {
      const { instanceSelector } = inputs["spec"] as { instanceSelector: { matchLabels: Record<string, string> } };
      for (const [label, value] of Object.entries(instanceSelector.matchLabels))
        assert.equal(metadata.labels[label], value);
    }
  });
});
