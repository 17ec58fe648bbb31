import { identity, series } from "./serviceRecording.ts";
import { alert, type AlertingRule, type RuleGroup } from "./rule.ts";
import { type BurnWindow, burnRates, seconds } from "./windows.ts";

/** With fewer bad requests than this in the long window nobody is told: one failure of a service that is hardly used is no trend. */
const fewestBadRequests = 5;

/** How long a service is remembered whose metrics no longer come: a night, and not much longer than it takes to retire one. */
const memory = "6h";

/**
 * Services that are there: a process that was started anew and has had no request yet sends `target_info` and nothing of
 * requests. It has the service in the name of its job, as `service.namespace/service.name`.
 */
export const runningServices = `group by (${identity}) (label_replace(target_info, "service_name", "$1", "exported_job", "(?:.*/)?(.+)"))`;

/** A message goes to those whose service it is, not to those who run the collector. */
const labels = { namespace: "{{ $labels.k8s_namespace_name }}" };

/** Alerts about the instrumented services: their objectives, and whether they are heard at all. */
export function serviceAlerts(): RuleGroup[] {
  return [
    {
      name: "service-objectives",
      rules: [
        ...budgetAlerts({
          name: "ServiceErrorBudgetBurn",
          ratio: series.errorRatio,
          budget: series.errorBudget,
          summary: "{{ $labels.service_name }} fails more requests than its availability objective allows",
          description:
            "{{ $value | humanizePercentage }} of the requests to {{ $labels.service_name }} in namespace " +
            "{{ $labels.k8s_namespace_name }} are answered with a server error",
        }),
        ...budgetAlerts({
          name: "ServiceLatencyBudgetBurn",
          ratio: series.slowRatio,
          budget: series.latencyBudget,
          summary: "{{ $labels.service_name }} answers more requests late than its latency objective allows",
          description:
            "{{ $value | humanizePercentage }} of the requests to {{ $labels.service_name }} in namespace " +
            "{{ $labels.k8s_namespace_name }} take longer than its objective",
        }),
      ],
    },
    {
      name: "service-telemetry",
      rules: [
        alert({
          name: "ServiceTelemetryMissing",
          severity: "warning",
          expr:
            `group by (${identity}) (last_over_time(${series.requests("5m")}[${memory}])) ` +
            `unless group by (${identity}) (${series.requests("5m")}) unless ${runningServices}`,
          // A rollout may take this long.
          for: "10m",
          labels,
          summary: "{{ $labels.service_name }} no longer sends metrics",
          description:
            "{{ $labels.service_name }} in namespace {{ $labels.k8s_namespace_name }} sent metrics within the last 6 hours " +
            "and sends none now: nothing is known about it",
        }),
      ],
    },
  ];
}

interface BudgetAlertArgs {
  name: string;
  /** Name of the recorded share of bad requests in a window. */
  ratio: (window: string) => string;
  /** Name of the recorded share that may be bad. */
  budget: string;
  summary: string;
  description: string;
}

/** One alert for each severity, under one name, so that the critical one silences the other. */
function budgetAlerts({ name, ratio, budget, summary, description }: BudgetAlertArgs): AlertingRule[] {
  const burns = ({ long, short, factor }: BurnWindow) =>
    `(${ratio(long)} > ${factor} * ${budget} and ${ratio(short)} > ${factor} * ${budget}` +
    ` and ${ratio(long)} * ${series.requests(long)} * ${seconds(long)} >= ${fewestBadRequests})`;
  return burnRates.map((burn) =>
    alert({
      name,
      severity: burn.severity,
      expr: burn.windows.map(burns).join(" or "),
      for: burn.for,
      labels,
      summary,
      description,
    }),
  );
}
