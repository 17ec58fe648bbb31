import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleKey } from "../../artifacts/artifact.ts";
import { namespaces } from "../../catalog/names.ts";
import { patchObjects } from "../../artifacts/manifests/bundlePatches.ts";
import { parseManifest } from "../../artifacts/manifests/manifest.ts";
import { artifactsRequest } from "../../artifacts/request.ts";
import { parseSettings } from "../../settings/read.ts";
import { teamRole } from "../../components/tenancy/teamRole.ts";
import { syncPrometheusOperator, stopOperators } from "../../sandbox/operators/prometheusOperator.ts";
import { KubeClient } from "../../sandbox/cluster/api/client.ts";
import { createTransport, type Transport } from "../../sandbox/cluster/api/transport.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { actingAs, dryRun } from "./impersonation.ts";
import { eventually } from "./eventually.ts";
import type { Registered } from "../../review/program/program.ts";
import { programRun } from "../../review/program/runs.ts";
import { silentReport } from "../../cli/silentReport.ts";
import type { TestCluster, TestObject } from "./testCluster.ts";

/** Teams: each may do in its namespace, named after it, what the role for teams says, and nothing else. */
export const teams = { shop: "shop", other: "other", platform: "platform", teamApi: "team-api" } as const;

/** What of the platform decides between teams, by kind. */
const ofTenancy = [
  "Secret",
  "ServiceAccount",
  "ClusterRole",
  "ClusterRoleBinding",
  "ConfigMap",
  "Role",
  "RoleBinding",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "Prometheus",
  "Alertmanager",
  "AlertmanagerConfig",
  "PrometheusRule",
  "ServiceMonitor",
];

/**
 * Puts the platform's rendered objects that decide between teams into an empty cluster, by the Kubernetes API alone: the CRDs,
 * the Prometheus operator as a process with the arguments of its patched Deployment, our Prometheus and Alertmanager, the
 * policies and the role. Then two teams with the role.
 *
 * @param mirror folder with the operators' real manifests
 * @param older objects of the team shop that are there before the policies
 */
export async function installTenancy(test: TestCluster, mirror: string, older: readonly TestObject[]): Promise<void> {
  const { bundles } = artifactsRequest(parseSettings({}));
  for (const { spec, patches } of [bundles["prometheusOperator"], bundles["grafanaOperatorCrds"]].filter(
    (bundle) => bundle !== undefined,
  )) {
    const file = join(mirror, "bundles", `${bundleKey(spec)}.yaml`);
    const objects = patchObjects(parseManifest(readFileSync(file, "utf8"), file), patches, file) as TestObject[];
    for (const name of [namespaces.prometheusOperator, namespaces.observability, namespaces.nodeAgents])
      await test.apply(namespace(name));
    for (const object of objects) await test.apply(object);
  }
  await test.apply(namespace(teams.shop));
  for (const object of older) await eventually(() => test.apply(object), 30_000);
  const { registered } = await programRun();
  for (const resource of registered) {
    const object = registeredObject(resource);
    if (!resource.type.startsWith("kubernetes:") || !ofTenancy.includes(object.kind)) continue;
    if (object.metadata.namespace === namespaces.sampleApi) continue;
    if (object.kind === "Secret" && object["type"] === undefined) continue;
    await eventually(() => test.apply(object), 30_000);
  }
  for (const name of Object.values(teams)) {
    await test.apply(namespace(name));
    // One also has what Kubernetes itself gives to who runs pods in a namespace.
    for (const role of name === teams.teamApi ? [teamRole, "edit"] : [teamRole]) {
      await test.apply({
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        metadata: { name: role, namespace: name },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name }],
      });
    }
  }
}

/** The object that a program registered: the kind of a custom resource is in its inputs, that of Kubernetes' own in the type. */
export function registeredObject({ type, inputs }: Pick<Registered, "type" | "inputs">): TestObject {
  const [, group = "", kind = ""] = type.split(":");
  return { apiVersion: group.replace(/^core\//, ""), kind, ...inputs } as unknown as TestObject;
}

/** Starts the real Prometheus operator beside the cluster. */
export async function startOperator({ client, cluster, paths }: TestCluster): Promise<void> {
  const tools = await ensureTools(["prometheus-operator"], paths, silentReport);
  const operator = { program: () => Promise.resolve(tools["prometheus-operator"]), server: cluster.server };
  await syncPrometheusOperator(client, operator, paths, silentReport, new AbortController().signal);
}

/** Ends it. */
export async function stopOperator({ paths }: TestCluster): Promise<void> {
  await stopOperators(paths.state, silentReport);
}

/** Clients that change something, and that only ask whether they might. */
export interface Clients {
  readonly doing: KubeClient;
  readonly trying: KubeClient;
}

/** What may do what a team may. */
export function teamClients(team: string, { cluster }: TestCluster): Clients {
  return clients(actingAs(team, cluster.kubeconfig));
}

/** What may do everything, as the platform. */
export function platformClients({ cluster }: TestCluster): Clients {
  return clients(createTransport(cluster.kubeconfig));
}

function clients(send: Transport): Clients {
  return { doing: new KubeClient(send), trying: new KubeClient(dryRun(send)) };
}

function namespace(name: string): TestObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}
