import type { Settings } from "../settings/read.ts";
import { alert, type RuleGroup } from "./rule.ts";
import { noNamespace, serviceLabels, withoutNamespace } from "./serviceLabels.ts";
import { spanCalls } from "./serviceRunning.ts";
import { identity, metric, series } from "./serviceSeries.ts";

/** The alert about an entry of `slo.services` that no service fits. */
export const objectiveWithoutData = "ServiceObjectiveWithoutData";

/** How long a service is remembered that is no longer heard: a weekend, and not much longer than it takes to retire one. */
const memory = "3d";

/** Requests per second that a service has in its quietest hour, so that a quarter of an hour without one is no chance: two a minute. */
const steadyRequests = 1 / 30;

/** Names of server spans of HTTP requests; a gRPC service has others, and no HTTP metrics. */
const httpSpans =
  'service_name!="",span_kind="SPAN_KIND_SERVER",span_name=~"(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|HTTP)( .*)?"';

/** Services whose traces have requests at this moment. */
const handlesRequests = `group by (${identity}) (rate(${spanCalls}{${httpSpans}}[5m]) > 0)`;

const service = "{{ $labels.service_name }}";
const where = `${service} in namespace ${noNamespace}`;

/** Services that have an objective of their own and no requests, in as long as a service is remembered. */
function withoutData({ services }: Settings["slo"]): string {
  const named = Object.keys(services).map(
    // A `$` would begin the name of a group.
    (name) => `label_replace(vector(1), "service_name", ${JSON.stringify(name.replaceAll("$", "$$$$"))}, "", "")`,
  );
  return `(${named.join(" or ")}) unless on (service_name) last_over_time(${series.requests("2h")}[${memory}])`;
}

/**
 * Alerts about what is not heard of a service, although it was or should be.
 *
 * @param slo the objectives
 */
export function serviceTelemetryAlerts(slo: Settings["slo"]): RuleGroup {
  return {
    name: "service-telemetry",
    // They look days back, and wait for minutes.
    interval: "2m",
    rules: [
      alert({
        name: "ServiceTelemetryMissing",
        severity: "warning",
        expr: `group by (${identity}) (last_over_time(${series.established}[${memory}])) unless ${series.runningSteadily}`,
        // A rollout may take this long.
        for: "10m",
        labels: serviceLabels,
        summary: `${service} is no longer heard`,
        description: `${where} ran within the last 3 days. Now it sends nothing, or stops again and again: nothing is known about it`,
      }),
      alert({
        name: "ServiceRequestsStopped",
        severity: "critical",
        expr:
          `group by (${identity}) (max_over_time(${series.fewestRequests}[2d]) > ${steadyRequests.toFixed(4)})` +
          ` and ${series.runningSteadily} unless ${series.requests("5m")} > 0 unless ${handlesRequests}`,
        for: "10m",
        labels: serviceLabels,
        summary: `${service} no longer gets requests`,
        description: `${where} runs and has had no request for a quarter of an hour, while every hour of a day before had some`,
      }),
      alert({
        name: "ServiceMetricsMissing",
        severity: "warning",
        expr: `${handlesRequests} and last_over_time(${series.requests("2h")}[${memory}]) unless ${series.requests("5m")}`,
        for: "10m",
        labels: serviceLabels,
        summary: `${service} no longer sends metrics of its requests`,
        description: `${where} sends traces of requests and no metrics of them any more: its objectives are not watched`,
      }),
      alert({
        name: "ServiceLatencyUnknown",
        severity: "warning",
        expr:
          `(group by (${identity}) (${series.requests("1h")} > 0) or group by (${identity}) (${metric}{service_name!=""}))` +
          ` unless ${series.slowRatio("1h")}`,
        for: "30m",
        labels: serviceLabels,
        summary: `${service} does not say how many of its requests are late`,
        description:
          `The durations of ${where} have no bucket that ends at the bound of its latency objective: no alert says ` +
          "when it is slow",
      }),
      // Nothing to look for where no service is named.
      ...(Object.keys(slo.services).length === 0
        ? []
        : [
            alert({
              name: objectiveWithoutData,
              severity: "warning",
              expr: withoutData(slo),
              // A first request may take its time.
              for: "1h",
              labels: { namespace: withoutNamespace },
              summary: `${service} has an objective and no data`,
              description: `slo.services names ${service}, and as far as is known no service of that name had a request within 3 days: its objective is not watched`,
            }),
          ]),
    ],
  };
}
