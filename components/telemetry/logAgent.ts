import * as pulumi from "@pulumi/pulumi";
import { clusterAccount } from "../kubernetes/clusterAccount.ts";
import { goMemoryLimit, resourceRequirements } from "../../catalog/containerResources.ts";
import type { Volume } from "../customResources/common.ts";
import { customResource } from "../customResources/customResource.ts";
import type { NodeSelectorTerm, OpenTelemetryCollectorSpec } from "../customResources/openTelemetry.ts";
import { labels } from "../../catalog/labels.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import { containerSecurity } from "../kubernetes/podSecurity.ts";
import type { Settings } from "../../settings/read.ts";
import { images, versions } from "../../catalog/versions.ts";
import { logAgentConfig, podLogs, stateFolder, synchronous } from "./logAgentConfig.ts";
import { servedSecrets } from "../tls/certificates.ts";
import { tlsVolume } from "../tls/tlsFiles.ts";
import type { LogsTarget } from "./logsExporter.ts";
import { nodeVariable, startupProbe } from "./podIdentity.ts";
import { neededFirst, type OperatedOptions } from "../kubernetes/neededFirst.ts";

/** What LogAgent needs. */
export interface LogAgentArgs {
  readonly settings: Pick<Settings, "cluster" | "logs" | "masking" | "networkPolicies" | "tls">;
  readonly target: LogsTarget;
}

/** The agent on every node, which sends the lines of its pods. */
export class LogAgent extends pulumi.ComponentResource {
  constructor(name: string, args: LogAgentArgs, opts: OperatedOptions) {
    const { component, after } = neededFirst(opts);
    super("fluffy-observability:telemetry:LogAgent", name, {}, component);
    const namespace = namespaces.nodeAgents;
    const own = { name: resources.logAgent, component: "agent" };
    const ownLabels = labels({ ...own, version: versions.collector });
    const { account, binding } = clusterAccount(
      {
        name: resources.logAgent,
        namespace,
        // Without a version: a new image changes no rights.
        labels: labels(own),
        roleLabels: ownLabels,
        // Whose files they are, and which namespaces are left out.
        rules: [{ apiGroups: [""], resources: ["pods", "namespaces"], verbs: ["get", "list", "watch"] }],
      },
      { parent: this },
    );
    customResource(
      "OpenTelemetryCollector",
      {
        ...{ name: resources.logAgent, namespace, labels: ownLabels, spec: logAgentSpec(args) },
        logicalName: `OpenTelemetryCollector-${resources.logAgent}`,
      },
      { parent: this, dependsOn: after(account, binding) },
    );
    this.registerOutputs({});
  }
}

/** Nodes whose files can be read. On any other a pod would never run, and hold up the others' new configuration. */
const readable: NodeSelectorTerm = {
  matchExpressions: [
    { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
    { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] },
  ],
};

/** The agent of the stack, as a pure function of its settings. */
export function logAgentSpec({ settings, target }: LogAgentArgs): OpenTelemetryCollectorSpec {
  const { agentMemoryLimit: memoryLimit, nodeFolder } = settings.logs;
  const { internal } = settings.tls;
  const tls = internal ? tlsVolume(servedSecrets.logAgent) : { volumes: [], volumeMounts: [] };
  return {
    mode: "daemonset",
    image: images.collector,
    args: { "feature-gates": synchronous },
    serviceAccount: resources.logAgent,
    startupProbe,
    resources: resourceRequirements({ cpu: "50m", memory: "128Mi", memoryLimit }),
    env: [
      goMemoryLimit(memoryLimit),
      { name: nodeVariable, valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "spec.nodeName" } } },
    ],
    // The runtime's files belong to root and are for nobody else. It has no capability, and writes to its own folder only.
    podSecurityContext: { runAsUser: 0, seccompProfile: { type: "RuntimeDefault" } },
    securityContext: containerSecurity,
    // A node that takes no pods has some all the same, and their lines say why.
    tolerations: [{ operator: "Exists" }],
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [readable] } } },
    volumes: [
      { name: "pod-logs", hostPath: { path: podLogs, type: "Directory" } },
      { name: "state", ...state(nodeFolder) },
      ...tls.volumes,
    ],
    volumeMounts: [
      { name: "pod-logs", mountPath: podLogs, readOnly: true },
      { name: "state", mountPath: stateFolder },
      ...tls.volumeMounts,
    ],
    ...(settings.networkPolicies.enabled ? { networkPolicy: { enabled: false } } : {}),
    observability: { metrics: { enableMetrics: false } },
    config: logAgentConfig({
      ...{ memoryLimit, target, patterns: settings.masking.patterns, metricsTls: internal },
      cluster: { clusterName: settings.cluster.name, environment: settings.cluster.environment },
    }),
  };
}

/** Without a folder of the node it outlives a container, but not its pod. */
function state(nodeFolder: string): Omit<Volume, "name"> {
  return nodeFolder === ""
    ? { emptyDir: { sizeLimit: "512Mi" } }
    : { hostPath: { path: `${nodeFolder}/${resources.logAgent}`, type: "DirectoryOrCreate" } };
}
