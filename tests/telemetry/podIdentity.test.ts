import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dump, load } from "js-yaml";
import { namespaces, resources } from "../../catalog/names.ts";
import { clusterProcessor } from "../../components/telemetry/podIdentity.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { loopbackCollector } from "../../sandbox/telemetry/collectorConfig.ts";
import { portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { collector as collectorProgram, telemetryTools } from "../../sandbox/telemetry/programs.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { eventually } from "../support/eventually.ts";
import { stackObjects } from "../../scripts/bench/renderedObjects.ts";
import type { Attributes } from "../../scripts/bench/otlpJson.ts";
import { sendMetrics, sendSpans } from "../support/otlp.ts";
import { actingAs } from "../support/impersonation.ts";
import { runningPod } from "../support/runningPod.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { find, programRun } from "../../review/program/runs.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

const settings = { cluster: JSON.stringify({ name: "eu-1", environment: "staging" }) };

/** The Collector's, as the stack makes it. */
const account = `system:serviceaccount:${namespaces.observability}:${resources.collector}`;

describe("the identity of what pods send", function () {
  this.timeout(600_000);
  const test = testCluster(17750);
  const ports = portsFrom(21580);
  const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-identity-"));
  const collector = `http://127.0.0.1:${ports.collector[4318] ?? 0}`;

  let podName = "";
  let other = { name: "", uid: "" };

  before(async () => {
    const { cluster, paths, ...made } = test();
    await made.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
    podName = (await runningPod(test(), "orders", "127.0.0.1")).name;
    other = await runningPod(test(), "bills", "10.0.0.7");
    // The Collector's rights in its cluster, and no others.
    const run = await programRun();
    for (const kind of ["ClusterRole", "ClusterRoleBinding"]) {
      await made.apply(
        find(run, kind, `${namespaces.observability}-${resources.collector}`).inputs as unknown as TestObject,
      );
    }
    const kubeconfig = load(readFileSync(cluster.kubeconfig, "utf8")) as { users: { user: object }[] };
    const users = kubeconfig.users.map(({ user, ...named }) => ({ ...named, user: { ...user, as: account } }));
    const asCollector = path.join(folder, "kubeconfig");
    writeFileSync(asCollector, dump({ ...kubeconfig, users }), { mode: 0o600 });
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
    const env = { ...program.env, KUBECONFIG: asCollector };
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

  it("is that of the pod whose uid it says, as what comes through another collector does", async () => {
    const said = await identityOf("by_uid", { "k8s.pod.uid": other.uid, "k8s.namespace.name": "of-another-team" });
    assert.deepEqual(identity(said), {
      ...{ service_name: "bills", k8s_namespace_name: "shop", k8s_deployment_name: "bills" },
      ...{ k8s_pod_name: other.name, job: "shop/bills", instance: `shop.${other.name}` },
    });
  });

  it("is the application's word where the uid is of no pod that runs", async () => {
    const claims = { "service.name": "gone", "k8s.namespace.name": "shop", "k8s.pod.name": "gone-1" };
    const said = await identityOf("unknown_uid", { "k8s.pod.uid": "00000000-0000-0000-0000-000000000000", ...claims });
    assert.deepEqual([said["service_name"], said["k8s_pod_name"]], ["gone", "gone-1"]);
  });

  it("is known by the rights of the stack's ClusterRole, which are to read pods and nothing else", async () => {
    const { cluster } = test();
    const send = actingAs(account, cluster.kubeconfig);
    const pods = (await send({ method: "GET", path: "/api/v1/pods" })) as { items: unknown[] };
    assert.equal(pods.items.length, 2);
    for (const path of ["/api/v1/secrets", "/api/v1/nodes", "/api/v1/namespaces", "/apis/apps/v1/replicasets"]) {
      await assert.rejects(send({ method: "GET", path }), { status: 403 });
    }
    await assert.rejects(send({ method: "DELETE", path: `/api/v1/namespaces/shop/pods/${podName}` }), { status: 403 });
  });

  it("names a service by whatever workload runs its pod", async () => {
    for (const kind of ["StatefulSet", "DaemonSet"]) {
      const name = `of-${kind.toLowerCase()}`;
      const owner = {
        apiVersion: "apps/v1",
        kind,
        name,
        uid: `uid-${kind}`,
        controller: true,
      };
      let uid: string | undefined;
      await eventually(async () => {
        // Anew each time: its owner is not there, so the garbage collector takes it away, sooner or later.
        await test().apply({
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: `${name}-0`, namespace: "shop", ownerReferences: [owner] },
          spec: { containers: [{ name: "app", image: "app:1" }], schedulerName: "none" },
        });
        const pods = await test().client.list("v1", "Pod", "shop");
        uid = pods.find(({ metadata }) => metadata.name === `${name}-0`)?.metadata.uid;
        assert.ok(uid !== undefined);
        const said = await identityOf(`by_${kind.toLowerCase()}`, { "k8s.pod.uid": uid });
        assert.deepEqual([said["service_name"], said["job"]], [name, `shop/${name}`]);
      }, 60_000);
    }
  });

  it("leaves a metric its own job and instance, by other names, and its process' command line out", async () => {
    const command = ["node", "server.js", "--db=postgres://shop:hunter2@db"];
    await sendMetrics(collector, { "process.command_line": command.join(" ") }, [
      {
        ...{ name: "cleanups", type: "counter", start: Date.now() - 1000 },
        points: [{ value: 1, attributes: { job: "cleanup", instance: "third", service_name: "other" } }],
      },
    ]);
    const said = await labelsOf("cleanups_total");
    assert.deepEqual(identity(said), ofPod());
    assert.deepEqual([said["own_job"], said["own_instance"], said["own_service_name"]], ["cleanup", "third", "other"]);
    const text = await (await fetch(`http://127.0.0.1:${ports.collector[8890] ?? 0}/metrics`)).text();
    assert.match(text, /^target_info\{/m);
    assert.doesNotMatch(text, /hunter2|process_command/);
  });

  it("adds up what a process sends as differences, in one series", async () => {
    const first = Date.now() - 3000;
    for (const second of [0, 1, 2]) {
      const [start, time] = [first + 1000 * second, first + 1000 * (second + 1)];
      await sendMetrics(collector, {}, [{ name: "differences", type: "delta", start, time, points: [{ value: 5 }] }]);
    }
    await eventually(async () => {
      const text = await (await fetch(`http://127.0.0.1:${ports.collector[8890] ?? 0}/metrics`)).text();
      const shown = text.split("\n").filter((line) => line.startsWith("differences_total{"));
      assert.deepEqual(
        shown.map((line) => Number(/\} (\S+)/.exec(line)?.[1])),
        [15],
      );
    }, 30_000);
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
