import { dashboardUids } from "../catalog/dashboards.ts";
import { deploys } from "./deploys.ts";
import { dashboard, type FolderDashboard, type Row } from "./kit/dashboard.ts";
import { chosenLines, errorLines, lineRate } from "./kit/logsql.ts";
import { logLines } from "./kit/panels/logLines.ts";
import { stat } from "./kit/panels/stat.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { orZero, ratio, sumRate } from "./kit/promql.ts";
import { thresholds } from "./kit/thresholds.ts";
import { units } from "./kit/units.ts";
import { labelValues, textBox } from "./kit/variables.ts";

const records = "log_records_total";
const chosen = 'k8s_namespace_name=~"$namespace", service_name=~"$service"';

const overview: Row = {
  title: "Overview",
  panels: [
    stat({
      title: "Lines",
      description:
        "Lines per second of the chosen services, as agents and Collector count them, before they are stored.",
      unit: units.perSecond,
      width: 8,
      expr: orZero(sumRate(records, chosen)),
    }),
    stat({
      title: "Errors among them",
      description: "Share of lines of severity error and above. A line without a level is none.",
      unit: units.ratio,
      width: 8,
      thresholds: thresholds.errorRatio,
      expr: ratio(sumRate("log_errors_total", chosen), sumRate(records, chosen)),
    }),
    stat({
      title: "Cut in an hour",
      description: "Lines above 1 MiB in the last hour, whose rest is not kept.",
      unit: units.count,
      width: 8,
      thresholds: thresholds.zero,
      expr: orZero(`sum(increase(log_cuts_total{${chosen}}[1h]))`),
    }),
  ],
};

const rates: Row = {
  title: "Rates",
  panels: [
    timeSeries({
      title: "Lines by service",
      description: "Lines per second of each service, as they are stored. A jump costs room on the volume.",
      unit: units.perSecond,
      stacked: true,
      source: "logs",
      queries: [{ expr: lineRate(chosenLines, ["service.name", "k8s.namespace.name"]), legend: ofWhom() }],
    }),
    timeSeries({
      title: "Lines by severity",
      description: "Lines per second of each severity. Unspecified are lines in which no level stands.",
      unit: units.perSecond,
      stacked: true,
      source: "logs",
      colors: { "Fatal.*": "purple", "Error.*": "red", "Warn.*": "orange", "Info.*": "green", Unspecified: "text" },
      queries: [{ expr: lineRate(chosenLines, ["severity_text"]), legend: "{{severity_text}}" }],
    }),
    timeSeries({
      title: "Errors by service",
      description: "Lines of severity error and above per second of each service.",
      unit: units.perSecond,
      source: "logs",
      queries: [{ expr: lineRate(errorLines, ["service.name", "k8s.namespace.name"]), legend: ofWhom() }],
    }),
  ],
};

const newest: Row = {
  title: "Newest",
  panels: [
    logLines({
      title: "Newest errors",
      description:
        "The newest lines of severity error and above. A click shows all fields, and a way to the trace where the line names one.",
      expr: errorLines,
    }),
    logLines({
      title: "Newest lines",
      description: "The newest lines of the chosen services, whatever their severity.",
      expr: chosenLines,
      height: 14,
    }),
  ],
};

/** Two namespaces may have a service of one name. */
function ofWhom(): string {
  return "{{service.name}} in {{k8s.namespace.name}}";
}

/**
 * The log lines of services, chosen at the top: how many, how bad, and the newest.
 *
 * @param withPods whether there are metrics of the cluster: deploys are marked
 */
export function logsDashboard(withPods: boolean): FolderDashboard {
  return dashboard({
    uid: dashboardUids.logs,
    title: "Logs",
    description: "Log lines of every service: rates by service and severity, the newest errors, the newest lines.",
    folder: "applications",
    variables: [
      labelValues({
        name: "namespace",
        label: "Namespace",
        description: "Namespace of the pods.",
        series: records,
        of: "k8s_namespace_name",
        many: true,
      }),
      labelValues({
        name: "service",
        label: "Service",
        description: "Services by their service.name; of a pod that has none, the name of its Deployment or container.",
        series: `${records}{k8s_namespace_name=~"$namespace"}`,
        of: "service_name",
        many: true,
      }),
      textBox({
        name: "pod",
        label: "Pod",
        description: "Name of a pod, or a regular expression of names. It chooses lines, not the numbers above them.",
        value: ".*",
      }),
    ],
    ...(withPods ? { annotations: [deploys('k8s_namespace_name=~"$namespace"')] } : {}),
    rows: [overview, rates, newest],
  });
}
