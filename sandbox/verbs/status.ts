import { findCluster } from "../cluster/cluster.ts";
import { inventoriesOf } from "../inventory.ts";
import { conditionsOf } from "../kube/wait.ts";
import { operatorsFolder } from "../operators/prometheusOperator.ts";
import { openCluster, type Session } from "../session.ts";
import { NOTHING_DONE, type Summary } from "../summary.ts";
import { programStatus } from "../telemetry/telemetry.ts";

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
  const { client, clusterId } = await openCluster(cluster.kubeconfig, signal);
  const stacks = inventoriesOf(paths.state).filter((found) => found.cluster === clusterId);
  for (const { project, stack, count } of stacks) print(`stack: ${project}/${stack}, ${count} resources`);
  if (stacks.length === 0) print("stack: none");
  const apps = { apiVersion: "apps/v1", kind: "Deployment" };
  const deployments = (await client.list(apps.apiVersion, apps.kind)).map((object) => ({ ...object, ...apps }));
  const missing = deployments.flatMap((deployment) => {
    const why = conditionsOf(deployment).flatMap((condition) => condition.missing(deployment) ?? [])[0];
    const { name, namespace = "" } = deployment.metadata;
    return why === undefined ? [] : [`  ${namespace}/${name}: ${why}`];
  });
  print(`deployments: ${deployments.length - missing.length} of ${deployments.length} available`);
  for (const line of missing) print(line);
  return NOTHING_DONE;
}
