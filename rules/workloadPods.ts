import { recorded, type RuleGroup } from "./rule.ts";

/**
 * There for each pod, with the workload that it is of (`workload`, `workload_kind`), and for those of a Deployment its ReplicaSet
 * (`replicaset`). Its namespace and name stand there as the cluster's series spell them, and its namespace, Deployment and name as those of
 * services do (`k8s_namespace_name`, `k8s_deployment_name`, `k8s_pod_name`): whatever has either finds the other.
 */
export const podInfo = "workload:pod:info";

/** Labels that tell workloads apart. */
export const workloadLabels = "namespace, workload, workload_kind";

const copied = (series: string, to: string, from: string, pattern = "(.+)") =>
  `label_replace(${series}, "${to}", "$1", "${from}", "${pattern}")`;

const ofOwner = (matchers: string) => `group by (namespace, pod, owner_kind, owner_name) (kube_pod_owner{${matchers}})`;

/** A pod of a Deployment is owned by its ReplicaSet, whose name is the Deployment's and a hash, as the Collector reads it. */
const ofDeployments = [
  ["workload", "owner_name", "(.+)-[^-]+"],
  ["k8s_deployment_name", "owner_name", "(.+)-[^-]+"],
  ["replicaset", "owner_name"],
].reduce(
  (series, [to = "", from = "", pattern]) => copied(series, to, from, pattern),
  `label_replace(${ofOwner('owner_kind="ReplicaSet"')}, "workload_kind", "Deployment", "", "")`,
);

const ofOthers = copied(
  copied(ofOwner('owner_kind!="",owner_kind!="ReplicaSet",owner_is_controller="true"'), "workload", "owner_name"),
  "workload_kind",
  "owner_kind",
);

/** A pod that nobody makes anew is a workload of its own. */
const ofNobody = `label_replace(${copied(ofOwner('owner_kind=""'), "workload", "pod")}, "workload_kind", "Pod", "", "")`;

const named = (series: string) => copied(copied(series, "k8s_namespace_name", "namespace"), "k8s_pod_name", "pod");

/** Which pod is of which workload. */
export function workloadPods(): RuleGroup {
  const pods = [ofDeployments, ofOthers, ofNobody].join(" or ");
  const labels = `${workloadLabels}, pod, replicaset, k8s_namespace_name, k8s_deployment_name, k8s_pod_name`;
  // One for each pod: what a team's own target says of an owner must not make it two, which no expression could join.
  const expr = `topk by (namespace, pod) (1, group by (${labels}) (${named(pods)}))`;
  return { name: "workload-pods", rules: [{ record: podInfo, expr }] };
}

/**
 * The same series with the workload of each pod.
 *
 * @param series an expression with the labels `namespace` and `pod`
 * @param selector matchers of the workload. @default - all
 */
export function withWorkload(series: string, selector = ""): string {
  const workload = `${podInfo}{${[selector, recorded].filter((matchers) => matchers !== "").join(",")}}`;
  return `(${series}) * on (namespace, pod) group_left (workload, workload_kind) ${workload}`;
}
