import { type Burning, burns, errorsBurning, latenessBurning } from "./serviceBurning.ts";
import { series } from "./serviceSeries.ts";
import { serviceTelemetryAlerts } from "./serviceTelemetryAlerts.ts";
import { alert, type AlertingRule, type RuleGroup } from "./rule.ts";
import { noNamespace, serviceLabels } from "./serviceLabels.ts";
import type { Settings } from "../settings/read.ts";
import { burnRates } from "../settings/windows.ts";

/** How long the last that is known of a service counts while it has no requests. */
const knownFor = "6h";

/**
 * Alerts about the instrumented services: their objectives, and whether they are heard at all.
 *
 * @param slo the objectives
 */
export function serviceAlerts(slo: Settings["slo"]): RuleGroup[] {
  return [
    {
      name: "service-objectives",
      // What they go by is not recorded more often.
      interval: "1m",
      rules: [
        ...budgetAlerts({
          name: "ServiceErrorBudgetBurn",
          what: errorsBurning,
          burning: series.errorBurning,
          summary: "{{ $labels.service_name }} fails more requests than its availability objective allows",
          description:
            `{{ $value | humanizePercentage }} of the requests to {{ $labels.service_name }} in namespace ${noNamespace} ` +
            "are answered with a server error",
        }),
        ...budgetAlerts({
          name: "ServiceLatencyBudgetBurn",
          what: latenessBurning,
          burning: series.lateBurning,
          summary: "{{ $labels.service_name }} answers more requests late than its latency objective allows",
          description:
            `{{ $value | humanizePercentage }} of the requests to {{ $labels.service_name }} in namespace ${noNamespace} ` +
            "take longer than its objective",
        }),
      ],
    },
    serviceTelemetryAlerts(slo),
  ];
}

interface BudgetAlertArgs {
  name: string;
  what: Burning;
  /** Name of what is recorded of the critical pair with this long window. */
  burning: (window: string) => string;
  summary: string;
  description: string;
}

/** One alert for each severity, under one name, so that the critical one silences the other. */
function budgetAlerts({ name, what, burning, summary, description }: BudgetAlertArgs): AlertingRule[] {
  return burnRates.map(({ severity, windows, for: duration }) =>
    alert({
      name,
      severity,
      expr: windows
        .map((pair) =>
          severity === "critical" ? `last_over_time(${burning(pair.long)}[${knownFor}]) > 0` : `(${burns(what, pair)})`,
        )
        .join(" or "),
      for: duration,
      labels: serviceLabels,
      summary,
      description,
    }),
  );
}
