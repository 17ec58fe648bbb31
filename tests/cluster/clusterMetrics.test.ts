import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stateSeries } from "../../catalog/clusterSeries.ts";
import { parseSettings } from "../../settings/read.ts";
import { nodesDashboard } from "../../dashboards/nodes.ts";
import { workloadsDashboard } from "../../dashboards/workloads.ts";
import { platformRules } from "../../rules/index.ts";
import { createTransport } from "../../sandbox/cluster/api/transport.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { query } from "../../page/figures.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { prometheusOfState, stateMetrics } from "../support/clusterMetricsPrograms.ts";
import { crashing, killed, namespace, workloads } from "../support/clusterWorkloads.ts";
import { eventually } from "../support/eventually.ts";
import { checkExpression } from "../support/expressionCheck.ts";
import { dashboardExpressions } from "../support/panels.ts";
import { find, programRun } from "../../review/program/runs.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { testCluster, type TestObject } from "../support/testCluster.ts";

describe("metrics of a cluster by the real kube-state-metrics", function () {
  this.timeout(600_000);
  const test = testCluster(17_830);
  const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-cluster-metrics-"));
  const ports = { state: 17_837, telemetry: 17_838, prometheus: 17_839 };
  const prometheus = `http://127.0.0.1:${ports.prometheus}`;
  const rules = platformRules(parseSettings({})).cluster ?? [];
  let shown = "";

  before(async () => {
    const { client, cluster, paths, ...made } = test();
    const tools = await ensureTools(["kube-state-metrics", "prometheus"], paths, silentReport);
    const run = await programRun();
    await made.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "observability" } });
    for (const [kind, name] of [
      ["ServiceAccount", "kube-state-metrics"],
      ["ClusterRole", "observability-kube-state-metrics"],
      ["ClusterRoleBinding", "observability-kube-state-metrics"],
    ] as const) {
      await made.apply(find(run, kind, name).inputs as unknown as TestObject);
    }
    await made.apply({
      ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "otel-collector-1", namespace: "observability" } },
      spec: { schedulerName: "none", containers: [{ name: "collector", image: "collector:1" }] },
    });
    for (const object of workloads) await made.apply(object);
    const send = createTransport(cluster.kubeconfig);
    const setStatus = async (app: string, status: object) => {
      await eventually(async () => {
        const pods = await client.list("v1", "Pod", namespace);
        const pod = pods.find(({ metadata }) => metadata.name.startsWith(app)) ?? assert.fail(`no pod of ${app}`);
        await send({
          method: "PATCH",
          path: `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/status`,
          body: { status },
          contentType: "application/merge-patch+json",
        });
      }, 60_000);
    };
    await setStatus("crashes", crashing());
    await setStatus("alone", killed());
    await startPrograms(
      [
        stateMetrics(tools["kube-state-metrics"], cluster.kubeconfig, ports),
        prometheusOfState(tools.prometheus, folder, ports, rules),
      ],
      folder,
      silentReport,
    );
    await eventually(async () => {
      shown = await (await fetch(`http://127.0.0.1:${ports.state}/metrics`)).text();
      for (const name of ["kube_deployment_status_replicas_available", "kube_daemonset_status_number_available"]) {
        assert.ok(new RegExp(`^${name}\\{.* [12]$`, "m").test(shown), name);
      }
    }, 60_000);
  });

  after(async () => {
    await stopPrograms(folder, silentReport);
    rmSync(folder, { recursive: true, force: true });
  });

  it("has every series that is kept, and no other", () => {
    const names = new Set([...shown.matchAll(/^(\w+)\{/gm)].map(([, name = ""]) => name));
    assert.deepEqual([...names].sort(), Object.values(stateSeries).flat().sort());
  });

  it("comes with the rights of the stack's account: nothing is forbidden", () => {
    assert.doesNotMatch(readFileSync(path.join(folder, "logs/kube-state-metrics.log"), "utf8"), /forbidden/i);
  });

  const labelsOf = async (expr: string) => (await query(prometheus, expr)).map(({ labels }) => labels);

  it("joins pods with services by the names that both have", async () => {
    await eventually(async () => {
      const [pod = {}] = await labelsOf('workload:pod:info{workload="orders"}');
      assert.deepEqual(
        [pod["k8s_namespace_name"], pod["k8s_deployment_name"], pod["k8s_pod_name"], pod["workload_kind"]],
        [namespace, "orders", pod["pod"], "Deployment"],
      );
      assert.match(pod["replicaset"] ?? "", /^orders-[a-z0-9]+$/);
    }, 30_000);
    const kinds = (await labelsOf("count by (workload, workload_kind) (workload:pod:info)")).map(
      ({ workload, workload_kind: kind }) => `${kind ?? ""} ${workload ?? ""}`,
    );
    for (const workload of ["DaemonSet agent", "StatefulSet store", "Deployment crashes", "Pod alone"]) {
      assert.ok(kinds.includes(workload), `${workload} is not among ${kinds.join(", ")}`);
    }
  });

  it("says whose pod it is, not who scraped it, and nothing that changes when its own pod does", async () => {
    const [owner = {}] = await labelsOf('kube_pod_owner{pod=~"orders-.*"}');
    assert.deepEqual(
      Object.keys(owner).sort(),
      [
        ...["__name__", "instance", "job", "namespace", "owner_is_controller", "owner_kind", "owner_name", "pod"],
      ].sort(),
    );
    assert.deepEqual([owner["namespace"], owner["instance"]], [namespace, "kube-state-metrics"]);
    const [node = {}] = await labelsOf('kube_node_status_condition{condition="Ready",status="true"}');
    assert.deepEqual([node["namespace"], node["pod"]], ["observability", undefined]);
  });

  it("tells of a container that was killed for its memory, and waits for one that crashes", async () => {
    await eventually(async () => {
      const alerts = await labelsOf('ALERTS{namespace="shop"}');
      const told = alerts.map((alert) => [alert["alertname"], alert["workload"], alert["alertstate"]].join(" "));
      assert.ok(told.includes("ContainerOutOfMemory crashes firing"), told.join(", "));
      assert.ok(told.includes("PodCrashLooping crashes pending"), told.join(", "));
      assert.ok(told.includes("WorkloadShortOfReplicas crashes pending"), told.join(", "));
      assert.ok(!told.some((each) => / (orders|store|agent) /.test(each)), told.join(", "));
    }, 60_000);
  });

  it("has what dashboards and rules ask of it: only what kubelets say is not there", async () => {
    const expressions = [
      ...dashboardExpressions([workloadsDashboard(true), nodesDashboard()]),
      ...rules.flatMap((group) => group.rules.map(({ expr }) => ({ where: group.name, expr }))),
    ];
    assert.ok(expressions.length > 30);
    const unmatched = new Map<string, string>();
    for (const expression of expressions) {
      const checked = await checkExpression(prometheus, expression);
      for (const selector of checked.unmatched) unmatched.set(selector, expression.where);
    }
    const ofKubelets = /__name__="(container_|node_|kubelet_)|job="kubelet"/;
    const unexpected = [...unmatched].filter(([selector]) => !ofKubelets.test(selector));
    assert.deepEqual(unexpected, []);
  });

  it("needs less memory than it asks for", async () => {
    const text = await (await fetch(`http://127.0.0.1:${ports.telemetry}/metrics`)).text();
    const bytes = Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]);
    console.log(`      ${Math.round(bytes / 1024 / 1024)} MiB, ${shown.split("\n").length} lines`);
    assert.ok(bytes < 96 * 1024 * 1024);
  });
});
