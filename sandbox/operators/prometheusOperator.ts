import { rmSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { namespaces } from "../../catalog/names.ts";
import { clusterFolders } from "../cluster/config.ts";
import { type ServedKind, untilServed } from "../cluster/served.ts";
import type { KubeClient, KubeObject } from "../cluster/api/client.ts";
import type { SandboxPaths } from "../paths.ts";
import type { Report } from "../../cli/report.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { operatorKinds } from "./verdicts.ts";

/** The Deployment whose simulated pod the process stands for. */
const deploymentRef = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  name: "prometheus-operator",
  namespace: namespaces.prometheusOperator,
};

/** Its place among the sandbox's ports; the cluster has the first ones. */
const portOffset = 7;

/** Folder of the operators' files, logs and records below the state folder. */
export function operatorsFolder(state: string): string {
  return path.join(state, "operators");
}

/** Whether the stack's Prometheus operator is in the cluster: another one, of somebody else, is only simulated there. */
export async function hasPrometheusOperator(client: Pick<KubeClient, "get">): Promise<boolean> {
  return (await client.get(deploymentRef)) !== undefined;
}

/**
 * Runs the real Prometheus operator as a process while its Deployment is in the cluster, and ends it when that is gone: to
 * be called whenever the Deployment may have come, changed or gone. One that has died is started again.
 *
 * @param operator gives the path of its program, asked where it is needed; URL of the API server
 * @throws UserError when it does not start, Interrupted after a signal.
 */
export async function syncPrometheusOperator(
  client: KubeClient,
  operator: { program: () => Promise<string>; server: string },
  paths: SandboxPaths,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const deployment = await client.get(deploymentRef);
  if (deployment === undefined) return stopOperators(paths.state, report);
  const kinds = (await client.list("apiextensions.k8s.io/v1", "CustomResourceDefinition")).flatMap(servedKinds);
  // Another release may have ended while this one's is being installed: the end of that one comes back here.
  if (!operatorKinds.every((needed) => kinds.some((kind) => isDeepStrictEqual(kind, needed)))) return;
  // The operator looks for its kinds once, when it starts: it would never look at one that comes a moment later.
  await untilServed(kinds, async ({ apiVersion, kind }) => (await client.isNamespaced(apiVersion, kind)) !== undefined);
  const program = operatorProgram(deployment, await operator.program(), operator.server, paths);
  await startPrograms([program], operatorsFolder(paths.state), report, signal);
}

/** Ends the operators that run as processes. */
export async function stopOperators(state: string, report: Report): Promise<void> {
  const folder = operatorsFolder(state);
  await stopPrograms(folder, report);
  rmSync(folder, { recursive: true, force: true });
}

/** The kinds of a CRD of the operator's own group, by version. */
function servedKinds({ spec }: KubeObject): ServedKind[] {
  const { group, names, versions } = spec as {
    group: string;
    names: { kind: string };
    versions: { name: string; served: boolean }[];
  };
  if (group !== "monitoring.coreos.com") return [];
  return versions.flatMap(({ name, served }) => (served ? [{ apiVersion: `${group}/${name}`, kind: names.kind }] : []));
}

/**
 * The operator with the arguments of its own Deployment.
 *
 * @param command path of the program
 */
export function operatorProgram(deployment: KubeObject, command: string, server: string, paths: SandboxPaths): Program {
  const { pki } = clusterFolders(paths.state);
  const port = paths.firstPort + portOffset;
  return {
    name: deploymentRef.name,
    command,
    args: [
      ...containerArgs(deployment).filter((arg) => !arg.startsWith("--kubelet-")),
      // In a pod it would be the ServiceAccount's.
      ...[`--apiserver=${server}`, `--ca-file=${path.join(pki, "ca.crt")}`],
      ...[`--cert-file=${path.join(pki, "admin.crt")}`, `--key-file=${path.join(pki, "admin.key")}`],
      `--web.listen-address=127.0.0.1:${port}`,
      // It then says of every object whether it takes it.
      "--feature-gates=StatusForConfigurationResources=true",
    ],
    env: {},
    files: {},
    ports: [port],
    ready: [`http://127.0.0.1:${port}/healthz`],
    url: "",
  };
}

/** Those about kubelets are left out above: no simulated node has one, and the Service for them would stay behind. */
function containerArgs(deployment: KubeObject): string[] {
  const spec = deployment.spec as { template: { spec: { containers: { args?: string[] }[] } } };
  return spec.template.spec.containers[0]?.args ?? [];
}
