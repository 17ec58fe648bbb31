import { bucketLabel } from "./objectives.ts";
import type { RecordingRule } from "./rule.ts";
import { type Counted, processIdentity, selected, sumOver } from "./serviceCounting.ts";
import { metric, series } from "./serviceSeries.ts";

/** Which requests were answered in time. */

/** The requests of some services, and those of them that were answered in time. */
export interface Timed {
  /** As a matcher, such as `service_name="python-api"`. */
  readonly matcher: string;
  /** The bound of the histogram's bucket. */
  readonly seconds: number;
}

/** Requests of processes that have the objective's bound as a bucket, and the late ones of them. Of other processes nobody knows. */
export const byDuration: Counted = {
  all: { byProcess: "service:http_server_timed:by_process", increase: "service:http_server_timed:increase" },
  bad: { byProcess: "service:http_server_late:by_process", increase: "service:http_server_late:increase" },
  anew: "service:http_server_timed:anew",
};

/**
 * What the processes have counted of both.
 *
 * @param timed the services and their bounds
 * @param requests all requests of their processes
 * @param matcher as of `countingRules`
 */
export function timedRules(timed: readonly Timed[], requests: string, matcher = ""): RecordingRule[] {
  const { all, bad } = byDuration;
  const inTime = timed.map((of) => `sum by (${processIdentity}) (${bucket(of)})`).join(" or ");
  return [
    { record: bad.byProcess, expr: `clamp_min(${requests} - (${inTime}), 0)` },
    { record: all.byProcess, expr: `${requests} and ${selected(bad.byProcess, matcher)}` },
  ];
}

function bucket({ matcher, seconds }: Timed): string {
  return `${metric}_bucket{le="${bucketLabel(seconds)}",${matcher}}`;
}

/**
 * Share of late requests.
 *
 * @param matcher as of `countingRules`
 */
export function slowRule(window: string, matcher = ""): RecordingRule {
  const { all, bad } = byDuration;
  const [late, timed] = [sumOver(bad.increase, window, matcher), sumOver(all.increase, window, matcher)];
  return { record: series.slowRatio(window), expr: `${late} / (${timed} > 0)` };
}
