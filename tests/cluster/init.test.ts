import assert from "node:assert/strict";
import { dirname } from "node:path";
import { silentReport } from "../../cli/silentReport.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { openCluster, readCluster } from "../../scripts/init/readCluster.ts";
import type { FoundCluster } from "../../settings/ownCluster.ts";
import { eventually } from "../support/eventually.ts";
import { bareCluster } from "../support/bareCluster.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

/** A kind of a group, as its operator's CRD brings it. */
function crd(group: string, kind: string): TestObject {
  const plural = `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    // Gateway API's group is a protected one.
    metadata: { name: `${plural}.${group}`, annotations: { "api-approved.kubernetes.io": "unapproved, for a test" } },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase() },
      scope: "Namespaced",
      versions: [{ name: "v1", served: true, storage: true, schema }],
    },
  };
}

function deployment(name: string): TestObject {
  const labels = { "app.kubernetes.io/name": name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "default", labels },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name, image: "example.org/a:1" }] } },
    },
  };
}

const later: readonly TestObject[] = [
  crd("cert-manager.io", "Certificate"),
  deployment("cert-manager"),
  crd("monitoring.coreos.com", "Alertmanager"),
  crd("monitoring.coreos.com", "Prometheus"),
  crd("grafana.integreatly.org", "Grafana"),
  deployment("grafana-operator"),
  crd("gateway.networking.k8s.io", "Gateway"),
  {
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    metadata: { name: "v1beta1.metrics.k8s.io" },
    spec: { group: "metrics.k8s.io", version: "v1beta1", groupPriorityMinimum: 100, versionPriority: 100 },
  },
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "fast", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: "example.org/none",
  },
  {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
  },
  {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: "opentelemetry-operator-system",
      labels: { "app.kubernetes.io/part-of": "fluffy-observability" },
    },
  },
];

describe("npm run init looks at a cluster", function () {
  this.timeout(120_000);
  this.slow(20_000);
  const test = testCluster(18040);
  const { PATH, KUBECONFIG } = process.env;

  before("use its kubectl and kubeconfig", async function () {
    this.timeout(20 * 60_000); // the first time it is built
    const { kubectl } = await ensureTools(["kubectl"], test().paths, silentReport);
    process.env.PATH = `${dirname(kubectl)}:${PATH ?? ""}`;
    process.env.KUBECONFIG = test().cluster.kubeconfig;
  });

  after(() => {
    process.env.PATH = PATH;
    if (KUBECONFIG === undefined) Reflect.deleteProperty(process.env, "KUBECONFIG");
    else process.env.KUBECONFIG = KUBECONFIG;
  });

  let empty: FoundCluster;

  it("that has nothing", async () => {
    empty = await readCluster(await openCluster(""));
    assert.match(empty.version, /^v1\.\d+\.\d+/);
    const { context, version } = empty;
    assert.deepEqual(empty, { ...bareCluster, context, version });
  });

  it("that has much, and tells an operator from the kinds that one has left", async () => {
    for (const object of later) await test().apply(object);
    const metadata = { name: "main", namespace: "default" };
    await eventually(
      () => test().apply({ apiVersion: "monitoring.coreos.com/v1", kind: "Alertmanager", metadata }),
      20_000,
    );
    // The API server says a moment later that an APIService is available.
    await eventually(async () => {
      assert.equal((await readCluster(await openCluster(empty.context))).metricsServer, "running");
    }, 20_000);
    assert.deepEqual(await readCluster(await openCluster(empty.context)), {
      ...empty,
      hasPlatform: true,
      metricsServer: "running",
      certManager: "running",
      prometheusOperator: "kinds only",
      monitoringNamespaces: ["default"],
      otherOperators: ["a Grafana operator"],
      gatewayApi: true,
      storageClass: "fast",
      podSecurity: ["shop"],
    });
  });

  it("that it does not know, in one line", async () => {
    await assert.rejects(openCluster("no-such").then(readCluster), {
      name: "UserError",
      message: /^kubectl .*no-such/,
    });
  });
});
