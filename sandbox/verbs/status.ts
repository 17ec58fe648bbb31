import { findCluster } from "../cluster/cluster.ts";
import { engineHome } from "../engine/home.ts";
import { stacksOf } from "../engine/states.ts";
import type { KubeObject } from "../cluster/api/client.ts";
import { operatorsFolder } from "../operators/prometheusOperator.ts";
import { openCluster, type Session } from "../session.ts";
import { NOTHING_DONE, type Summary } from "../summary.ts";
import { programStatus } from "../processes/startPrograms.ts";

/** Prints whether the cluster runs, which stacks it has, and how many of its Deployments are available. */
export async function status({ paths, signal, print }: Session): Promise<Summary> {
  const cluster = await findCluster(paths);
  if (cluster === undefined) {
    print("cluster: not running");
    return NOTHING_DONE;
  }
  print(`cluster: running at ${cluster.server}, kubeconfig ${cluster.kubeconfig}`);
  for (const { name, running, log } of programStatus(operatorsFolder(paths.state))) {
    print(`${name}: ${running ? "running" : "not running"}, log ${log}`);
  }
  const client = openCluster(cluster.kubeconfig, signal);
  const stacks = stacksOf(engineHome(paths));
  for (const { project, stack, count } of stacks) print(`stack: ${project}/${stack}, ${count} resources`);
  if (stacks.length === 0) print("stack: none");
  const deployments = await client.list("apps/v1", "Deployment");
  const missing = deployments.flatMap((deployment) => {
    const why = unavailable(deployment);
    const { name, namespace = "" } = deployment.metadata;
    return why === undefined ? [] : [`  ${namespace}/${name}: ${why}`];
  });
  print(`deployments: ${deployments.length - missing.length} of ${deployments.length} available`);
  for (const line of missing) print(line);
  return NOTHING_DONE;
}

/** Why a Deployment is not available; undefined when it is. */
function unavailable({ status }: KubeObject): string | undefined {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string; message?: string }[] };
  const available = conditions.find(({ type }) => type === "Available");
  return available?.status === "True" ? undefined : (available?.message ?? "its controller has not seen it yet");
}
