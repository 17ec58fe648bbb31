import type { RuleGroup } from "../../rules/rule.ts";
import { type BlockSeries, pattern, type Pattern } from "./tsdbBlock.ts";

/** Three days of services: what they are scraped for, and what rules recorded of it. */

/** Seconds between two samples. */
const scrape = 15;
const days = 3;
/** Minutes for which whole histograms are there; before that only the bucket that objectives read. */
const wholeMinutes = 10;

const pods = 5;
const routes = 10;

/** Bounds of the HTTP conventions. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, Number.POSITIVE_INFINITY];
const objective = 0.5;

const duration = "http_server_request_duration_seconds";

type Labels = Readonly<Record<string, string>>;

/** Prometheus' own interval, in seconds. */
const usual = 30;

/** Seconds between two evaluations of a group. */
export function paceOf({ interval }: RuleGroup): number {
  return interval === undefined ? usual : Number.parseInt(interval) * 60;
}

/**
 * All series of some services.
 *
 * @param end newest sample, in seconds since 1970
 * @param groups whose recorded series have a history too: ranges over them are read like all others
 */
export function ruleSamples(services: number, end: number, groups: readonly RuleGroup[]): BlockSeries[] {
  const each = Array.from({ length: services }, (_, service) => service);
  const recorded = new Map<string, number>();
  for (const group of groups)
    for (const rule of group.rules)
      // A team records that one, and processes are not new for long.
      if (
        "record" in rule &&
        /^service:(?!slo_own:info|.*:(unknown|anew|increase_of_gap|gap_seconds|gap_end_time)$)/.test(rule.record)
      )
        recorded.set(rule.record, paceOf(group));
  return [
    ...requests(each, end),
    ...each.flatMap((service) => beside(service, end)),
    ...[...recorded].flatMap(([name, pace]) => history(name, pace, each, end)),
  ];
}

/** Counters at a changing pace. */
function counters(end: number, count: number, pace: number): Pattern {
  return samples(end, scrape, count, (step) => step * pace + (step % 5));
}

function samples(end: number, pace: number, count: number, value: (step: number) => number): Pattern {
  return pattern(
    Array.from({ length: count }, (_, step) => [(end - (count - 1 - step) * pace) * 1000, value(step)] as const),
  );
}

/** Histograms of the requests to each route of each pod with each code. */
function requests(services: readonly number[], end: number): BlockSeries[] {
  const all = (days * 86_400) / scrape;
  const counted = { "200": counters(end, all, 20), "500": counters(end, all, 2) };
  const inTime = { "200": counters(end, all, 19), "500": counters(end, all, 1) };
  const whole = bounds.map((_, index) => counters(end, (wholeMinutes * 60) / scrape, index + 1));
  return services.flatMap((service) =>
    processes(service).flatMap((process) =>
      Array.from({ length: routes }, (_, route) => `/api/v1/things/${route}`).flatMap((http_route) =>
        (["200", "500"] as const).flatMap((code) => {
          const labels = { ...process, ...method, http_route, http_response_status_code: code, ...errorType[code] };
          return [
            { labels: { __name__: `${duration}_count`, ...labels }, samples: counted[code] },
            ...bounds.map((bound, index) => ({
              labels: { __name__: `${duration}_bucket`, ...labels, le: bucketName(bound) },
              samples: bound === objective ? inTime[code] : (whole[index] ?? inTime[code]),
            })),
          ];
        }),
      ),
    ),
  );
}

const method = { http_request_method: "GET", network_protocol_version: "1.1", url_scheme: "http" };
const errorType = { "200": {}, "500": { error_type: "500" } };

function bucketName(bound: number): string {
  if (bound === Number.POSITIVE_INFINITY) return "+Inf";
  return Number.isInteger(bound) ? bound.toFixed(1) : String(bound);
}

function identity(service: number): Labels {
  return { service_name: `service-${service}`, k8s_namespace_name: "shop" };
}

function processes(service: number): Labels[] {
  return Array.from({ length: pods }, (_, pod) => ({
    ...identity(service),
    ...scraped,
    k8s_deployment_name: `service-${service}`,
    k8s_pod_name: `service-${service}-7d9f8b6c5-${pod}`,
    otel_start_time: String(1_764_000_000_000_000_000 + service * pods + pod),
  }));
}

const scraped = { job: "otel-collector", namespace: "observability" };

/** What is sent of a service beside its durations. */
function beside(service: number, end: number): BlockSeries[] {
  const all = (days * 86_400) / scrape;
  const info = { ...scraped, exported_job: `shop/service-${service}`, k8s_namespace_name: "shop" };
  const spans = { ...scraped, ...identity(service), span_kind: "SPAN_KIND_SERVER", span_name: "GET /" };
  return [
    { labels: { __name__: "target_info", ...info }, samples: samples(end, scrape, all, () => 1) },
    { labels: { __name__: "traces_span_metrics_calls_total", ...spans }, samples: counters(end, all, 20) },
  ];
}

/** What a rule recorded. */
function history(name: string, pace: number, services: readonly number[], end: number): BlockSeries[] {
  const values = samples(end, pace, (days * 86_400) / pace, valueOf(name));
  return labelsOf(name, services).map((labels) => ({ labels: { __name__: name, ...labels }, samples: values }));
}

function valueOf(name: string): (step: number) => number {
  if (/:info$/.test(name)) return () => 1;
  if (/:by_process$/.test(name)) return (step) => step * 400 + (step % 7);
  return (step) => 0.001 + (step % 7) * 1e-5;
}

function labelsOf(name: string, services: readonly number[]): Labels[] {
  if (name === "service:evaluated:info") return [{}];
  return services.flatMap((service) => {
    if (/:by_process$/.test(name))
      return processes(service).map(({ k8s_pod_name = "", otel_start_time = "" }) => ({
        ...identity(service),
        k8s_pod_name,
        otel_start_time,
      }));
    if (name === "service:series:count_by_bounds")
      return ["short", "middle", "long"].map((part) => ({ ...identity(service), bounds: part }));
    if (name.includes("_bucket:"))
      return bounds.map((bound) => ({
        ...identity(service),
        le: bucketName(bound),
        bounds: bound < 0.1 ? "short" : bound < 1 ? "middle" : "long",
      }));
    return [identity(service)];
  });
}
