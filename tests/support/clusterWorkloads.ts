import type { TestObject } from "./testCluster.ts";

export const namespace = "shop";

/** A pod that no scheduler takes, so that its status is the test's, and what its owner is called. */
function template(app: string, scheduled = false) {
  const resources = { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: "200m", memory: "128Mi" } };
  return {
    metadata: { labels: { app } },
    spec: {
      ...(scheduled ? {} : { schedulerName: "none" }),
      initContainers: [{ name: "migrate", image: "migrate:1", resources }],
      containers: [{ name: "app", image: `${app}:1`, resources }],
    },
  };
}

const object = (apiVersion: string, kind: string, name: string, spec: object): TestObject => ({
  ...{ apiVersion, kind, metadata: { name, namespace }, spec },
});

const selector = (app: string) => ({ matchLabels: { app } });

/** One of each kind that kube-state-metrics watches. */
export const workloads: readonly TestObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
  object("apps/v1", "Deployment", "orders", {
    replicas: 2,
    selector: selector("orders"),
    template: template("orders", true),
  }),
  object("apps/v1", "Deployment", "crashes", {
    replicas: 1,
    selector: selector("crashes"),
    template: template("crashes"),
  }),
  object("apps/v1", "StatefulSet", "store", {
    ...{ replicas: 1, serviceName: "store", selector: selector("store"), template: template("store", true) },
  }),
  object("apps/v1", "DaemonSet", "agent", { selector: selector("agent"), template: template("agent", true) }),
  object("v1", "PersistentVolumeClaim", "snapshot", {
    accessModes: ["ReadOnlyMany"],
    resources: { requests: { storage: "1Gi" } },
  }),
  { ...object("v1", "Pod", "alone", template("alone").spec) },
];

const ended = (reason: string) => ({ exitCode: 137, reason, startedAt: ago(120), finishedAt: ago(60) });

function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}

const container = (name: string, state: object, lastState: object = {}) => ({
  ...{ name, image: "some:1", imageID: "", ready: false, restartCount: 3, started: false, state, lastState },
});

/** A pod whose container was killed for its memory and waits to be started anew; its init container crashed too. */
export const crashing = () => ({
  phase: "Pending",
  initContainerStatuses: [container("migrate", { waiting: { reason: "CrashLoopBackOff" } })],
  containerStatuses: [
    container("app", { waiting: { reason: "CrashLoopBackOff" } }, { terminated: ended("OOMKilled") }),
  ],
});

/** A pod that nobody starts anew, killed for its memory. */
export const killed = () => ({
  phase: "Failed",
  containerStatuses: [container("app", { terminated: ended("OOMKilled") })],
});
