import { bucketLabel } from "./objectives.ts";
import type { RecordingRule } from "./rule.ts";
import { processIdentity, selected, sumOver } from "./serviceCounting.ts";
import { countedAs, metric, series } from "./serviceSeries.ts";

/** Which requests were answered in time. */

/** The requests of some services, and those of them that were answered in time. */
export interface Timed {
  /** As a matcher, such as `service_name="python-api"`. */
  readonly matcher: string;
  /** The bound of the histogram's bucket. */
  readonly seconds: number;
}

/** Requests of processes that have the objective's bound as a bucket, and the late ones of them. Of other processes nobody knows. */
export const byDuration = countedAs("service:http_server_timed", "service:http_server_late");

/**
 * What the processes have counted of both. The bound is a label of it: with another one after an update, as many as were counted so far would be
 * late at once.
 *
 * @param timed the services and their bounds
 * @param requests all requests of their processes
 * @param matcher as of `countingRules`
 */
export function timedRules(timed: readonly Timed[], requests: string, matcher = ""): RecordingRule[] {
  const { all, bad } = byDuration;
  const inTime = timed.map((of) => `sum by (${processIdentity}, le) (${bucket(of)})`).join(" or ");
  const late = selected(bad.byProcess, matcher);
  return [
    { record: bad.byProcess, expr: `clamp_min(${requests} - on (${processIdentity}) group_right () (${inTime}), 0)` },
    { record: all.byProcess, expr: `0 * ${late} + on (${processIdentity}) group_left () ${requests}` },
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
  const [late, timed] = [sumOver(byDuration, "bad", window, matcher), sumOver(byDuration, "all", window, matcher)];
  return { record: series.slowRatio(window), expr: `${late} / (${timed} > 0)` };
}
