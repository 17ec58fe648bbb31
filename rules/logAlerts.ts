import { alert, type RuleGroup } from "./rule.ts";
import { noNamespace, serviceLabels } from "./serviceLabels.ts";
import { identity } from "./serviceSeries.ts";

/** Error lines of ten minutes below which nobody is told: a service that hardly writes any has no usual number. */
const fewest = 20;

/** How many times the usual number is far above it. */
const times = 5;

const counter = `log_errors_total{service_name!=""}`;

/** Those with which a count began: new are the ones that a scrape ten minutes ago, which succeeded, did not have. */
const begun = `last_over_time(${counter}[10m]) unless ${counter} offset 10m and on (job, instance) up offset 10m == 1`;

/** Error lines within ten minutes: also those that a burst began with. */
const now = `sum by (${identity}) (${begun} or increase(${counter}[10m]))`;

/** As many as within ten minutes of the day before. */
const usual = `600 * sum by (${identity}) (rate(${counter}[1d] offset 10m))`;

/** Alerts about what services log, by the counts of the collectors. */
export function logAlerts(): RuleGroup {
  return {
    name: "service-logs",
    // They look a day back.
    interval: "2m",
    rules: [
      alert({
        name: "ServiceErrorLogs",
        severity: "warning",
        expr: `${now} > ${fewest} unless ${now} <= ${times} * ${usual}`,
        for: "5m",
        labels: serviceLabels,
        summary: "{{ $labels.service_name }} logs far more errors than usual",
        description:
          `{{ $labels.service_name }} in namespace ${noNamespace} logged {{ $value | humanize }} errors within 10 minutes, ` +
          `more than ${times} times as many as within the day before`,
      }),
    ],
  };
}
