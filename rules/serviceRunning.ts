import { recorded, type RecordingRule } from "./rule.ts";
import { byOutcome, identity, metric, series } from "./serviceSeries.ts";

/** Calls counted from spans: they come too where an application sends traces only. */
export const spanCalls = "traces_span_metrics_calls_total";

/**
 * Services that are there: a process that was started anew and has had no request yet sends `target_info` and nothing of
 * requests. It has the service in the name of its job, as `service.namespace/service.name`.
 */
const started = `label_replace(target_info, "service_name", "$1", "exported_job", "(?:.*/)?(.+)")`;

/** Services that are heard at this moment, by anything they send. */
export const runningServices = [
  started,
  byOutcome.all.byProcess,
  `${metric}{service_name!=""}`,
  `${spanCalls}{service_name!=""}`,
]
  .map((heard) => `group by (${identity}) (${heard})`)
  .join(" or ");

/** What is counted against: one series, which no team's could join. */
const evaluated = `${series.evaluated}{k8s_namespace_name="",${recorded}}`;

/** Who is heard. */
export function heardRules(): RecordingRule[] {
  return [
    { record: series.running, expr: runningServices },
    { record: series.evaluated, expr: "vector(1)" },
  ];
}

/** Who runs, and not only starts again and again; and who had requests all day long. */
export function runningRules(): RecordingRule[] {
  return [
    { record: series.runningSteadily, expr: heardFor("15m", 0.4) },
    // As long as it takes to tell it from a job that comes, works for some minutes and goes.
    { record: series.established, expr: `${heardFor("30m", 0.9)} and on () ${evaluated} offset 30m` },
    {
      record: series.fewestRequests,
      // A time of which nothing is known may have been a quiet night: nine tenths of the day must be known.
      expr:
        `min_over_time(${series.requests("1h")}[1d:10m])` +
        ` and count_over_time(${series.requests("1h")}[1d:10m]) >= 130 and ${series.requests("1h")} offset 1d`,
    },
  ];
}

/** Is heard now, and was in at least this share of the time. */
function heardFor(time: string, share: number): string {
  return (
    `${series.running} and count_over_time(${series.running}[${time}])` +
    ` >= ${share} * scalar(count_over_time(${evaluated}[${time}]))`
  );
}
