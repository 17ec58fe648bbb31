import type { AnnotationQuery } from "@grafana/grafana-foundation-sdk/dashboard";
import { podInfo } from "../rules/workloadPods.ts";
import { prometheus } from "./kit/datasources.ts";

const deployment = "k8s_namespace_name, k8s_deployment_name";

/** As long as a mark is wide. */
const window = "5m";

/**
 * Marks in every graph where a Deployment got pods of a ReplicaSet that it had none of before. One that is new altogether, or comes back
 * from none, gets no mark.
 *
 * @param selector matchers of the pods
 * @param only series with the labels of a Deployment: those of others get no mark. @default - all
 */
export function deploys(selector: string, only?: string): AnnotationQuery {
  const now = `${podInfo}{${selector}, replicaset!=""}`;
  const before = `${now} offset ${window}`;
  const group = (by: string, series: string) => `group by (${by}) (${series})`;
  return {
    name: "Deploys",
    datasource: prometheus,
    enable: true,
    iconColor: "blue",
    expr:
      `${group(`${deployment}, replicaset`, now)} unless ${group(`${deployment}, replicaset`, before)}` +
      ` and on (${deployment}) ${group(deployment, before)}` +
      (only === undefined ? "" : ` and on (${deployment}) ${group(deployment, only)}`),
    step: "1m",
    titleFormat: "Deploy of {{k8s_deployment_name}}",
    textFormat: "{{replicaset}} in namespace {{k8s_namespace_name}}",
    tagKeys: "k8s_namespace_name",
  };
}
