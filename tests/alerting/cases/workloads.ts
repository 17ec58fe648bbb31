import { type AlertCases, constant, type ExpectedAlert } from "./alertCase.ts";

const owner = (pod: string, kind: string, name: string, namespace = "shop") =>
  `kube_pod_owner{namespace="${namespace}",pod="${pod}",owner_kind="${kind}",owner_name="${name}",owner_is_controller="true"}`;

/** Pods of a Deployment `orders`, as long as there are samples of them. */
const ofOrders = (pods: readonly string[], samples: string) =>
  Object.fromEntries(pods.map((pod) => [owner(`orders-6f7c-${pod}`, "ReplicaSet", "orders-6f7c"), samples]));

const pods =
  (metric: string, matchers = "") =>
  (pod: string, namespace = "shop") =>
    `${metric}{namespace="${namespace}",pod="${pod}"${matchers}}`;

const orders = { namespace: "shop", workload: "orders", workload_kind: "Deployment" };

const fires = (
  { summary, description }: Pick<ExpectedAlert, "summary" | "description">,
  labels: Readonly<Record<string, string>> = orders,
): ExpectedAlert => ({ labels: { severity: "warning", ...labels }, summary, description });

const waiting = pods("kube_pod_container_status_waiting_reason", ',container="app",reason="CrashLoopBackOff"');
const pulling = pods("kube_pod_container_status_waiting_reason", ',container="app",reason="ContainerCreating"');
const initWaiting = pods(
  "kube_pod_init_container_status_waiting_reason",
  ',container="migrate",reason="CrashLoopBackOff"',
);
const killedLast = pods("kube_pod_container_status_last_terminated_reason", ',container="app",reason="OOMKilled"');
const endedAt = pods("kube_pod_container_status_last_terminated_timestamp", ',container="app"');
const killedNow = pods("kube_pod_container_status_terminated_reason", ',container="app",reason="OOMKilled"');
const pending = pods("kube_pod_status_phase", ',phase="Pending"');

const crashes = (count: number, container = "app") => ({
  summary: "Deployment orders crashes again and again",
  description: `Container ${container} ends again and again in ${count} pods of Deployment orders in namespace shop`,
});

const killed = (who: string, count = 1) => ({
  summary: `${who} was killed for its memory`,
  description: `Container app was killed for its memory in ${count} pods of ${who} in namespace shop within ten minutes`,
});

const short = (who: string, count: number, namespace = "shop") => ({
  summary: `${who} has fewer pods than it should have`,
  description: `${count} pods of ${who} in namespace ${namespace} are not there, or cannot serve`,
});

/** A workload with so many pods, of which so many can serve. */
function workload(kind: "deployment" | "statefulset" | "daemonset", name: string, samples: Record<string, string>) {
  const names = {
    deployment: ["spec_replicas", "status_replicas_available", "status_replicas_updated"],
    statefulset: ["replicas", "status_replicas_available", "status_replicas_updated"],
    daemonset: ["status_desired_number_scheduled", "status_number_available", "status_updated_number_scheduled"],
  }[kind];
  const of = [samples["wanted"], samples["available"], samples["updated"]];
  const namespace = samples["namespace"] ?? "shop";
  return Object.fromEntries(
    names.map((metric, index) => [
      `kube_${kind}_${metric}{namespace="${namespace}",${kind}="${name}"}`,
      of[index] ?? "",
    ]),
  );
}

/** One that takes half an hour. */
const rollout = {
  ...{ wanted: "9x60", available: "9x5 7x30 9x25" },
  updated: "9x5 1x4 2x4 3x4 4x4 5x4 6x4 7x4 9x30",
};

export const workloadCases: AlertCases = {
  PodCrashLooping: [
    {
      when: "two of three pods wait after a crash, run for six minutes and crash again; a third runs",
      series: {
        ...ofOrders(["a", "b", "c"], constant(1, 60)),
        [waiting("orders-6f7c-a")]: "_x10 1x3 stale _x6 1x3 stale _x6 1x5 stale",
        [waiting("orders-6f7c-b")]: "_x10 1x3 stale _x6 1x3 stale _x6 1x5 stale",
      },
      at: {
        "24m": [],
        "28m": [fires(crashes(2), { ...orders, container: "app" })],
        "36m": [fires(crashes(2), { ...orders, container: "app" })],
        "55m": [],
      },
    },
    {
      when: "a container waits at its start, once or for some minutes, and runs from then on",
      series: {
        ...ofOrders(["a", "b"], constant(1, 60)),
        [waiting("orders-6f7c-a")]: "_x10 1 stale",
        [waiting("orders-6f7c-b")]: "_x10 1x3 stale",
      },
      at: { "16m": [], "19m": [], "21m": [], "24m": [], "30m": [] },
    },
    {
      when: "an init container crashes; a team's target shows what the platform records of the pod",
      series: {
        ...ofOrders(["a"], constant(1, 30)),
        ['workload:pod:info{job="team",namespace="shop",pod="orders-6f7c-a",workload="other"}']: constant(1, 30),
        [initWaiting("orders-6f7c-a")]: constant(1, 30),
      },
      at: { "14m": [], "18m": [fires(crashes(1, "migrate"), { ...orders, container: "migrate" })] },
    },
    {
      when: "a pod waits for its image; another crashed and was deleted; a team's target names a second owner of a pod",
      series: {
        ...ofOrders(["a"], constant(1, 60)),
        [owner("orders-6f7c-b", "ReplicaSet", "orders-6f7c")]: "1x5 stale",
        [owner("orders-6f7c-a", "ReplicaSet", "other-1")]: constant(1, 60),
        [pulling("orders-6f7c-a")]: constant(1, 60),
        [waiting("orders-6f7c-b")]: "1x3 stale",
      },
      at: { "4m": [], "12m": [], "40m": [] },
    },
  ],
  ContainerOutOfMemory: [
    {
      when: "a container was killed at the 20th minute, and runs again",
      series: {
        ...ofOrders(["a"], constant(1, 60)),
        [killedLast("orders-6f7c-a")]: "_x20 1x40",
        [endedAt("orders-6f7c-a")]: `_x20 ${20 * 60}x40`,
      },
      at: {
        "19m": [],
        "22m": [fires(killed("Deployment orders"), { ...orders, container: "app" })],
        "29m": [fires(killed("Deployment orders"), { ...orders, container: "app" })],
        "33m": [],
      },
    },
    {
      when: "the container of a Job's pod was killed, and stays as it is",
      series: {
        [owner("import-x", "Job", "import")]: constant(1, 60),
        [killedNow("import-x")]: "_x20 1x40",
      },
      at: {
        "19m": [],
        "22m": [
          fires(killed("Job import"), {
            namespace: "shop",
            workload: "import",
            workload_kind: "Job",
            container: "app",
          }),
        ],
        "35m": [],
      },
    },
    {
      when: "the container of a Job's pod was killed long ago, and nothing was known of any pod until now",
      series: { [owner("import-x", "Job", "import")]: "_x20 1x40", [killedNow("import-x")]: "_x20 1x40" },
      at: { "22m": [], "29m": [], "35m": [] },
    },
    {
      when: "a container was killed yesterday, and has ended for another reason since",
      series: {
        ...ofOrders(["a", "b"], constant(1, 30)),
        [killedLast("orders-6f7c-a")]: constant(1, 30),
        [endedAt("orders-6f7c-a")]: constant(-86_400, 30),
        [endedAt("orders-6f7c-b")]: constant(600, 30),
      },
      at: { "5m": [], "15m": [], "25m": [] },
    },
  ],
  PodPending: [
    {
      when: "two pods wait for a node",
      series: {
        ...ofOrders(["a", "b"], constant(1, 60)),
        [pending("orders-6f7c-a")]: "1x40 0x20",
        [pending("orders-6f7c-b")]: constant(1, 60),
        [owner("web-0", "StatefulSet", "web")]: constant(1, 60),
        [pending("web-0")]: constant(0, 60),
      },
      at: {
        "13m": [],
        "20m": [
          fires({
            summary: "Pods of Deployment orders do not start",
            description: "2 pods of Deployment orders in namespace shop have been pending for a quarter of an hour",
          }),
        ],
        "50m": [
          fires({
            summary: "Pods of Deployment orders do not start",
            description: "1 pods of Deployment orders in namespace shop have been pending for a quarter of an hour",
          }),
        ],
      },
    },
    {
      when: "three pods of a long rollout are pending, one after the other",
      series: {
        ...ofOrders(["a", "b", "c"], constant(1, 60)),
        [pending("orders-6f7c-a")]: "1x12 0x48",
        [pending("orders-6f7c-b")]: "_x10 1x12 0x38",
        [pending("orders-6f7c-c")]: "_x20 1x12 0x28",
      },
      at: { "16m": [], "25m": [], "35m": [], "55m": [] },
    },
  ],
  WorkloadShortOfReplicas: [
    {
      when: "one of three pods cannot serve: of a Deployment, a StatefulSet of the platform and a DaemonSet",
      series: {
        ...workload("deployment", "orders", { wanted: "3x60", available: "3x10 2x50", updated: "3x60" }),
        ...workload("statefulset", "web", {
          namespace: "observability",
          ...{ wanted: "3x60", available: "3x10 2x50", updated: "3x60" },
        }),
        ...workload("daemonset", "agent", { wanted: "3x60", available: "3x10 1x50", updated: "3x60" }),
      },
      at: {
        "20m": [],
        "30m": [
          fires(short("DaemonSet agent", 2), { namespace: "shop", workload: "agent", workload_kind: "DaemonSet" }),
          fires(short("Deployment orders", 1)),
          fires(short("StatefulSet web", 1, "observability"), {
            ...{ namespace: "observability", workload: "web", workload_kind: "StatefulSet" },
          }),
        ],
      },
    },
    {
      when: "a rollout takes half an hour; another is short for ten minutes; one is scaled to none",
      series: {
        ...workload("deployment", "slow", rollout),
        ...workload("statefulset", "slow", rollout),
        ...workload("daemonset", "slow", rollout),
        ...workload("deployment", "orders", { wanted: "3x60", available: "3x10 2x10 3x40", updated: "3x60" }),
        ...workload("deployment", "idle", { wanted: "0x60", available: "0x60", updated: "0x60" }),
      },
      at: { "15m": [], "25m": [], "32m": [], "50m": [] },
    },
    {
      when: "a rollout does not go on",
      series: workload("deployment", "orders", {
        ...{ wanted: "3x60", available: "3x5 2x55" },
        updated: "3x5 1x55",
      }),
      at: { "20m": [], "35m": [fires(short("Deployment orders", 1))] },
    },
  ],
};
