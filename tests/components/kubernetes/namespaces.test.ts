import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { leftNamespaces, Namespaces, stackNamespaces } from "../../../components/kubernetes/namespaces.ts";
import { readSettings } from "../../../settings/read.ts";
import { programRun, registering } from "../../../review/program/runs.ts";
import { variants } from "../../../review/program/variants.ts";

describe("Namespaces", () => {
  it("come before everything else in every variant, but for what bounds one of them", async () => {
    for (const [what, config] of Object.entries(variants)) {
      const { spans } = await programRun(config);
      const inCluster = [...spans].filter(([label]) => !/^(Stack|kubernetes|Namespaces) /.test(label));
      const made = inCluster.filter(([label]) => label.startsWith("Namespace "));
      const others = inCluster.filter(([label]) => !/^(Namespace|Platform|ResourceQuota|LimitRange) /.test(label));
      const last = Math.max(...made.map(([, { ended }]) => ended));
      assert.deepEqual(
        others.filter(([, { started }]) => started < last).map(([label]) => label),
        [],
        what,
      );
    }
  });

  it("bound the pods of the sample API where the settings do, and no others", async () => {
    const { registered } = await programRun({ apiNamespaces: JSON.stringify({ pods: 20 }) });
    const quotas = registered.filter(({ inputs }) => inputs["kind"] === "ResourceQuota");
    assert.deepEqual(
      quotas.map(({ inputs }) => [(inputs["metadata"] as { namespace: string }).namespace, inputs["spec"]]),
      [["python-api", { hard: { pods: "20" } }]],
    );
  });

  it("are those of the parts that the stack has", async () => {
    const all = [
      ...["observability", "opentelemetry-operator-system", "observability-node-agents"],
      ...["cert-manager", "prometheus-operator"],
    ];
    await registering(() => {
      const settings = readSettings();
      assert.deepEqual(stackNamespaces(settings), [...all, "grafana-operator", "python-api"]);
      const none = Object.fromEntries(
        Object.keys(settings.parts).map((part) => [part, false]),
      ) as typeof settings.parts;
      assert.deepEqual(stackNamespaces({ parts: none }), all.slice(0, 2));
    });
  });

  it("stay when their part is switched off, and when the stack goes after that", async () => {
    const type = "kubernetes:core/v1:Namespace";
    const made = (name: string) => ({ type, outputs: { metadata: { name } } });
    const state = {
      ...{ one: made("cert-manager"), two: made("python-api"), three: made("grafana-operator"), four: made("others") },
      five: { type: "kubernetes:core/v1:ConfigMap", outputs: { metadata: { name: "prometheus-operator" } } },
    };
    const retained: Record<string, boolean | undefined> = {};
    const remember: pulumi.ResourceTransformation = ({ type: ofResource, name, opts }) => {
      if (ofResource === type) retained[name] = (opts as pulumi.CustomResourceOptions).retainOnDelete;
      return undefined;
    };
    await registering(() => {
      const settings = readSettings();
      assert.deepEqual(leftNamespaces(settings, state), []);
      const parts = { ...settings.parts, certManager: false, prometheusOperator: false, sampleApi: false };
      assert.deepEqual(leftNamespaces({ parts }, state), ["cert-manager", "python-api"]);
      new Namespaces("namespaces", { settings: { ...settings, parts }, state }, { transformations: [remember] });
    });
    assert.deepEqual(retained, {
      ...{ observability: false, "opentelemetry-operator-system": false, "grafana-operator": false },
      "observability-node-agents": false,
      ...{ "cert-manager": true, "python-api": true },
    });
  });

  it("are known by the URNs that they had in their components, so that none is replaced", async () => {
    const former: Record<string, string> = {};
    const remember: pulumi.ResourceTransformation = ({ name, opts }) => {
      for (const alias of (opts.aliases ?? []) as pulumi.Alias[]) {
        pulumi
          .output(alias.parent as pulumi.Input<string>)
          .apply((urn) => (former[name] = urn.split("::").slice(2).join("::")));
      }
      return undefined;
    };
    await registering(
      () => new Namespaces("namespaces", { settings: readSettings(), state: {} }, { transformations: [remember] }),
    );
    const platform = "fluffy-observability:index:Platform";
    assert.deepEqual(former, {
      observability: `${platform}::platform`,
      "opentelemetry-operator-system": `${platform}$fluffy-observability:operators:OpenTelemetryOperator::opentelemetry-operator`,
      "cert-manager": `${platform}$fluffy-observability:operators:CertManager::cert-manager`,
      "prometheus-operator": `${platform}$fluffy-observability:operators:PrometheusOperator::prometheus-operator`,
      "grafana-operator": `${platform}$fluffy-observability:operators:GrafanaOperator::grafana-operator`,
      "python-api": "fluffy-observability:index:SampleApi::sample-api",
    });
  });
});
