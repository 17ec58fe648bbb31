import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  keptNamespaces,
  leftNamespaces,
  Namespaces,
  type NamespacesArgs,
  stackNamespaces,
} from "../../../components/kubernetes/namespaces.ts";
import { readSettings, type Settings } from "../../../settings/read.ts";
import { settingsSchema } from "../../../settings/schema.ts";
import { programRun, registering } from "../../../review/program/runs.ts";
import { variants } from "../../../review/program/variants.ts";

const namespaceType = "kubernetes:core/v1:Namespace";

/** Which namespaces stay when they are deleted from the stack, by name. */
async function retainedNamespaces(
  args: (settings: Settings) => NamespacesArgs,
): Promise<Record<string, boolean | undefined>> {
  const retained: Record<string, boolean | undefined> = {};
  const remember: pulumi.ResourceTransformation = ({ type, name, opts }) => {
    if (type === namespaceType) retained[name] = (opts as pulumi.CustomResourceOptions).retainOnDelete;
    return undefined;
  };
  await registering(() => new Namespaces("namespaces", args(readSettings()), { transformations: [remember] }));
  return retained;
}

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
    const made = (name: string) => ({ type: namespaceType, outputs: { metadata: { name } } });
    const state = {
      ...{ one: made("cert-manager"), two: made("python-api"), three: made("grafana-operator"), four: made("others") },
      five: { type: "kubernetes:core/v1:ConfigMap", outputs: { metadata: { name: "prometheus-operator" } } },
    };
    const retained = await retainedNamespaces((settings) => {
      assert.deepEqual(leftNamespaces(settings, state), []);
      const parts = { ...settings.parts, certManager: false, prometheusOperator: false, sampleApi: false };
      assert.deepEqual(leftNamespaces({ parts }, state), ["cert-manager", "python-api"]);
      return { settings: { ...settings, parts }, state };
    });
    assert.deepEqual(retained, {
      ...{ observability: false, "opentelemetry-operator-system": false, "grafana-operator": false },
      "observability-node-agents": false,
      ...{ "cert-manager": true, "python-api": true },
    });
  });

  it("of production outlive the stack where they hold claims, and where the CA is that has signed what is there", async () => {
    const production = { cluster: { environment: "production" }, tls: { internal: true } };
    const kept = (own: object) => keptNamespaces(settingsSchema.parse(own));
    assert.deepEqual(kept({}), []);
    assert.deepEqual(kept({ cluster: { environment: "staging" }, tls: { internal: true } }), []);
    assert.deepEqual(kept(production), ["observability", "cert-manager"]);
    assert.deepEqual(kept({ ...production, tls: {} }), ["observability"]);
    // Who has other ones keeps its key.
    assert.deepEqual(kept({ ...production, tls: { internal: true, issuer: "ClusterIssuer/company-ca" } }), [
      "observability",
    ]);
    const { cluster, tls } = settingsSchema.parse(production);
    const retained = await retainedNamespaces((settings) => ({ settings: { ...settings, cluster, tls }, state: {} }));
    const names = Object.entries(retained).flatMap(([name, retain]) => (retain === true ? [name] : []));
    assert.deepEqual(names.sort(), ["cert-manager", "observability"]);
    assert.ok(Object.keys(retained).length > 5);
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
