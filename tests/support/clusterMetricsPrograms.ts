import path from "node:path";
import { dump } from "js-yaml";
import { stateMetricsArgs } from "../../components/backends/clusterMetrics.ts";
import { clusterState } from "../../components/backends/clusterMonitors.ts";
import { jobs, namespaces, ports, resources } from "../../catalog/names.ts";
import type { Program } from "../../cli/daemons/program.ts";
import type { RuleGroup } from "../../rules/rule.ts";
import { kubeconfigAs } from "./impersonation.ts";
import { ruleFile } from "./promtool.ts";

/** Where the programs listen, on loopback. */
export interface ClusterMetricsPorts {
  readonly state: number;
  readonly telemetry: number;
  readonly prometheus: number;
}

/** kube-state-metrics with the stack's arguments, and with the rights of its account only. */
export function stateMetrics(command: string, kubeconfig: string, at: ClusterMetricsPorts): Program {
  const account = `system:serviceaccount:${namespaces.observability}:${resources.kubeStateMetrics}`;
  const args = stateMetricsArgs().map((each) => each.replace(`--port=${ports.kubeStateMetrics}`, `--port=${at.state}`));
  return {
    ...{
      name: "kube-state-metrics",
      command,
      env: {},
      files: { "kubeconfig-of-account": kubeconfigAs(account, kubeconfig) },
      url: "",
    },
    args: [
      ...args,
      "--kubeconfig=kubeconfig-of-account",
      ...["--host=127.0.0.1", "--telemetry-host=127.0.0.1", `--telemetry-port=${at.telemetry}`],
    ],
    ports: [at.state, at.telemetry],
    ready: [`http://127.0.0.1:${at.state}/healthz`, `http://127.0.0.1:${at.telemetry}/readyz`],
  };
}

/** A Prometheus that scrapes it as the stack's monitor says, and evaluates rules every second. */
export function prometheusOfState(
  command: string,
  folder: string,
  at: ClusterMetricsPorts,
  groups: readonly RuleGroup[],
): Program {
  const [endpoint] = clusterState.endpoints;
  const config = {
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: [path.join(folder, "rules.yaml")],
    scrape_configs: [
      {
        job_name: jobs.kubeStateMetrics,
        honor_labels: endpoint?.honorLabels,
        static_configs: [
          {
            targets: [`127.0.0.1:${at.state}`],
            // What the operator makes of a target.
            labels: { namespace: namespaces.observability, pod: "kube-state-metrics-1", endpoint: "http-metrics" },
          },
        ],
        relabel_configs: (endpoint?.relabelings ?? []).map(inItsOwnWords),
        metric_relabel_configs: (endpoint?.metricRelabelings ?? []).map(inItsOwnWords),
      },
    ],
  };
  const url = `http://127.0.0.1:${at.prometheus}`;
  return {
    ...{ name: "prometheus", command, env: {}, ports: [at.prometheus], ready: [`${url}/-/ready`], url },
    args: [
      `--config.file=${path.join(folder, "prometheus.yaml")}`,
      `--storage.tsdb.path=${path.join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${at.prometheus}`,
    ],
    files: {
      "prometheus.yaml": dump(config),
      "rules.yaml": ruleFile(groups.map((group) => ({ ...group, interval: "1s" }))),
    },
  };
}

/** The operator's `sourceLabels` is `source_labels` for Prometheus. */
const inItsOwnWords = (relabeling: object) =>
  Object.fromEntries(
    Object.entries(relabeling).map(([key, value]) => [
      key.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
