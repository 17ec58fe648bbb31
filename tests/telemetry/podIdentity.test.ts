import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dump } from "js-yaml";
import { clusterProcessor } from "../../components/telemetry/podIdentity.ts";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { loopbackCollector } from "../../sandbox/telemetry/collectorConfig.ts";
import { portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { collector as collectorProgram, telemetryTools } from "../../sandbox/telemetry/programs.ts";
import { startPrograms, stopPrograms } from "../../sandbox/telemetry/telemetry.ts";
import { eventually } from "../support/eventually.ts";
import { stackObjects } from "../support/liveObjects.ts";
import { type Attributes, sendMetrics, sendSpans } from "../support/otlp.ts";
import { silentReport } from "../support/silentReport.ts";
import { testCluster } from "../support/testCluster.ts";

const settings = { cluster: JSON.stringify({ name: "eu-1", environment: "staging" }) };

const labels = { app: "orders", "pod-template-hash": "6d5f7c9b4" };

/** As a Deployment `orders` makes it; no scheduler takes its pod, whose status is the test's. */
const replicaSet = {
  apiVersion: "apps/v1",
  kind: "ReplicaSet",
  metadata: { name: "orders-6d5f7c9b4", namespace: "shop", labels },
  spec: {
    replicas: 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { containers: [{ name: "orders", image: "orders:1" }], schedulerName: "none" },
    },
  },
};

describe("the identity of what pods send", function () {
  this.timeout(600_000);
  const test = testCluster(17730);
  const ports = portsFrom(21580);
  const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-identity-"));
  const collector = `http://127.0.0.1:${ports.collector[4318] ?? 0}`;

  let podName = "";

  before(async () => {
    const { client, cluster, paths, ...made } = test();
    await made.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
    await made.apply(replicaSet);
    await eventually(async () => {
      const [pod, ...others] = await client.list("v1", "Pod", "shop");
      assert.equal(others.length, 0);
      podName = pod?.metadata.name ?? assert.fail("no pod");
    }, 60_000);
    const status = { phase: "Running", podIP: "127.0.0.1", podIPs: [{ ip: "127.0.0.1" }] };
    await createTransport(cluster.kubeconfig)({
      method: "PATCH",
      path: `/api/v1/namespaces/shop/pods/${podName}/status`,
      body: { status },
      contentType: "application/merge-patch+json",
    });
    // All connections of this machine seem to be from it.
    const objects = stackObjects(settings);
    const tools = await ensureTools([...telemetryTools], paths, silentReport);
    const python = { python: "", packages: "", sitePackages: "" };
    const inputs = { objects, ports, tools, python, project: paths.project, folder };
    const config = loopbackCollector(objects.collector, ports.collector, ports);
    const processor = config.processors?.[clusterProcessor] as Record<string, unknown>;
    // Outside a pod there is no ServiceAccount.
    config.processors = { ...config.processors, [clusterProcessor]: { ...processor, auth_type: "kubeConfig" } };
    const program = collectorProgram(inputs);
    const env = { ...program.env, KUBECONFIG: cluster.kubeconfig };
    await startPrograms([{ ...program, env, files: { "collector.yaml": dump(config) } }], folder, silentReport);
    // It takes nothing before it knows the pods.
    const log = () => readFileSync(path.join(folder, "collector.log"), "utf8").split("\n").slice(-4).join("\n");
    await eventually(async () => {
      await fetch(collector).catch(() => assert.fail(log()));
    }, 60_000);
  });
  after(async () => {
    await stopPrograms(folder, silentReport);
    rmSync(folder, { recursive: true, force: true });
  });

  /** The labels with which the collector shows a counter to Prometheus. */
  async function labelsOf(metric: string, port = 8890): Promise<Record<string, string>> {
    let line: string | undefined;
    await eventually(async () => {
      const text = await (await fetch(`http://127.0.0.1:${ports.collector[port] ?? 0}/metrics`)).text();
      line = text.split("\n").find((each) => each.startsWith(`${metric}{`));
      assert.ok(line !== undefined, `no ${metric}`);
    }, 40_000);
    return Object.fromEntries(
      [...(line ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
    );
  }

  async function identityOf(metric: string, resource: Attributes): Promise<Record<string, string>> {
    const point = { points: [{ value: 1 }], start: Date.now() - 1000 };
    await sendMetrics(collector, resource, [{ name: metric, type: "counter", ...point }]);
    return labelsOf(`${metric}_total`);
  }

  const ofPod = () => ({
    service_name: "orders",
    k8s_namespace_name: "shop",
    k8s_deployment_name: "orders",
    k8s_pod_name: podName,
    job: "shop/orders",
    instance: `shop.${podName}`,
  });
  const identity = (labels: Record<string, string>) =>
    Object.fromEntries(Object.keys(ofPod()).map((label) => [label, labels[label]]));

  it("is the cluster's, where an SDK of the application's own says nothing", async () => {
    const said = await identityOf("own_sdk", { "service.name": "unknown_service:python" });
    assert.deepEqual(identity(said), ofPod());
  });

  it("is the cluster's of the pod, whatever the application says, and the application's of the service", async () => {
    const said = await identityOf("claims", {
      ...{ "service.name": "billing", "service.instance.id": "own-id" },
      ...{ "k8s.namespace.name": "of-another-team", "k8s.pod.name": "other", "k8s.deployment.name": "other" },
    });
    assert.deepEqual(identity(said), {
      ...ofPod(),
      ...{ service_name: "billing", job: "shop/billing", instance: "own-id" },
    });
  });

  it("is the same for spans", async () => {
    await sendSpans(collector, { "service.name": "unknown_service" }, [{ name: "GET /", kind: "server" }]);
    const { service_name, k8s_namespace_name, k8s_deployment_name } = await labelsOf(
      "traces_span_metrics_calls_total",
      8892,
    );
    assert.deepEqual([service_name, k8s_namespace_name, k8s_deployment_name], ["orders", "shop", "orders"]);
  });

  it("says of every signal which cluster and environment it is from", async () => {
    await identityOf("whole", {});
    const text = await (await fetch(`http://127.0.0.1:${ports.collector[8890] ?? 0}/metrics`)).text();
    const info = text.split("\n").filter((line) => line.startsWith("target_info{"));
    assert.ok(info.length > 0);
    for (const line of info) {
      assert.match(line, /k8s_cluster_name="eu-1"/);
      assert.match(line, /deployment_environment_name="staging"/);
      assert.doesNotMatch(line, /claimed/);
    }
  });
});
