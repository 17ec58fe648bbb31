import { join } from "node:path";
import type { ToolName } from "../programs/catalog.ts";

/** The programs that kwokctl needs; kubectl is what it looks with whether the API server answers. */
export const clusterTools = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubectl",
  "kwok",
  "kwokctl",
] as const satisfies ToolName[];

export type ClusterTools = Record<(typeof clusterTools)[number], string>;

/** Places inside a cluster's folder. kwokctl calls its cluster "kwok" and keeps it in clusters/kwok of its own folder. */
export type ClusterFolders = ReturnType<typeof clusterFolders>;

export function clusterFolders(state: string) {
  const root = join(state, "cluster");
  const workdir = join(root, "kwok");
  const cluster = join(workdir, "clusters", "kwok");
  return {
    /** Everything of the cluster. */
    root,
    /** kwokctl's configuration, ours. */
    config: join(root, "kwokctl.yaml"),
    /** What kwokctl printed. */
    log: join(root, "kwokctl.log"),
    /** etcd's data: the objects. Kept when the cluster is started anew. */
    data: join(root, "etcd"),
    /** kwokctl's own folder (KWOK_WORKDIR): made anew at every start. */
    workdir,
    /** Links to the cluster's programs: their processes are known by this path. */
    bin: join(cluster, "bin"),
    /** Ids of the programs' processes, `<program>.pid`. */
    pids: join(cluster, "pids"),
    /** The programs' logs, `<program>.log`. */
    logs: join(cluster, "logs"),
    /** Keys and certificates: ca.crt, admin.crt, admin.key. */
    pki: join(cluster, "pki"),
  };
}

/** The cluster's programs by the names kwokctl gives them, and the ports each listens on. */
export function clusterPorts(firstPort: number) {
  return {
    "kube-apiserver": [firstPort],
    etcd: [firstPort + 1, firstPort + 2],
    "kube-controller-manager": [firstPort + 3],
    "kube-scheduler": [firstPort + 4],
    "kwok-controller": [firstPort + 5],
  };
}

/** kwokctl's configuration: every program on 127.0.0.1, on a port that is known beforehand. */
export function kwokctlConfig(folders: ClusterFolders, firstPort: number, tools: ClusterTools) {
  const ports = clusterPorts(firstPort);
  // With --leader-elect a controller killed a moment ago holds its lease: the next one would wait for 15 s.
  const noLeaderElection = { extraArgs: [{ key: "leader-elect", value: "false" }] };
  return {
    apiVersion: "config.kwok.x-k8s.io/v1alpha1",
    kind: "KwokctlConfiguration",
    options: {
      runtime: "binary",
      bindAddress: "127.0.0.1",
      kubeApiserverPort: ports["kube-apiserver"][0],
      etcdPort: ports.etcd[0],
      etcdPeerPort: ports.etcd[1],
      kubeControllerManagerPort: ports["kube-controller-manager"][0],
      kubeSchedulerPort: ports["kube-scheduler"][0],
      kwokControllerPort: ports["kwok-controller"][0],
      etcdBinary: tools.etcd,
      kubeApiserverBinary: tools["kube-apiserver"],
      kubeControllerManagerBinary: tools["kube-controller-manager"],
      kubeSchedulerBinary: tools["kube-scheduler"],
      kwokControllerBinary: tools.kwok,
      kubectlBinary: tools.kubectl,
      securePort: true,
      kubeAuthorization: true,
      kubeAdmission: true,
      // Stages are objects of the cluster, so they can be added when the kinds they are for appear.
      enableCRDs: ["Stage"],
    },
    componentsPatches: [
      { name: "etcd", extraArgs: [{ key: "data-dir", value: folders.data, override: true }] },
      {
        name: "kube-apiserver",
        extraArgs: [
          // Webhooks are served by pods, and simulated pods answer nothing.
          { key: "disable-admission-plugins", value: "MutatingAdmissionWebhook,ValidatingAdmissionWebhook" },
        ],
      },
      { name: "kube-controller-manager", ...noLeaderElection },
      { name: "kube-scheduler", ...noLeaderElection },
      {
        name: "kwok-controller",
        // A node lease outlives a killed KWOK by 200 s, and the next one would leave node and pods alone until then.
        extraArgs: [{ key: "node-lease-duration-seconds", value: "0", override: true }],
      },
    ],
  };
}

/**
 * The environment of kwokctl and so of the cluster's programs: no proxy, which the API server would call webhooks and
 * aggregated APIs through, and nothing else of the user's that could steer them.
 */
export function clusterEnvironment(
  environment: NodeJS.ProcessEnv,
  folders: ClusterFolders,
  kubernetesVersion: string,
): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = environment;
  return { PATH, HOME, TMPDIR, KWOK_WORKDIR: folders.workdir, KWOK_KUBE_VERSION: kubernetesVersion };
}
