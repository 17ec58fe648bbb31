import { histogramsPort, jobs } from "../../../catalog/names.ts";
import type { Life } from "./life.ts";
import { none, parts } from "./platform.ts";
import type { LivingService } from "./service.ts";

/** What Prometheus scrapes of a made-up life, in promtool's notation. */

const metric = "http_server_request_duration_seconds";

/** Samples of some services, and those of the platform where they are asked for. */
export function* samples(
  life: Life,
  services: readonly LivingService[],
  withPlatform: boolean,
): Generator<readonly [string, string]> {
  const isHeard = Uint8Array.from({ length: life.minutes }, (_, minute) => (life.platform.isHeard(minute) ? 1 : 0));
  for (const service of services) yield* ofService(service, isHeard);
  if (!withPlatform) return;
  for (const [job, pods] of life.platform.up) {
    const endpoint = job === jobs.applications ? histogramsPort : "http";
    for (const [pod, up] of pods.entries()) {
      const labels = `namespace="${parts[job]?.namespace ?? ""}",job="${job}",endpoint="${endpoint}",instance="10.0.0.${pod}:8080",pod="${job}-${pod}"`;
      yield [`up{${labels}}`, notation(up.length, (minute) => (up[minute] === none ? undefined : up[minute]))];
    }
  }
  for (const { series } of life.others)
    for (const [name, value] of Object.entries(series)) yield [name, notation(life.minutes, value)];
  const isAway = new Uint8Array(life.minutes);
  for (const [from, to] of life.legacy) isAway.fill(1, from, to);
  // A program that Prometheus scrapes itself and that uses the same name: it goes and comes.
  const isLegacy = (minute: number) => isAway[minute] === 0;
  yield counter(`${metric}_count{job="legacy",http_response_status_code="500"}`, life.minutes, isLegacy, () => 20);
}

function* ofService(service: LivingService, isHeard: Uint8Array): Generator<readonly [string, string]> {
  const { name, namespace, alive, requests } = service;
  const minutes = requests.length;
  const where = namespace === undefined ? "" : `,k8s_namespace_name="${namespace}"`;
  const isThere = (minute: number) => alive[minute] === 1 && isHeard[minute] === 1;
  yield [
    `target_info{job="otel-collector",exported_job="${name}"${where}}`,
    notation(minutes, (minute) => (isThere(minute) ? 1 : undefined)),
  ];
  if (service.traffic === "messages") return;
  const labels = `service_name="${name}"${where}`;
  yield counter(
    `traces_span_metrics_calls_total{${labels},span_kind="SPAN_KIND_SERVER",span_name="GET /"}`,
    minutes,
    isThere,
    // The Collector counts them, and only while it is there.
    (minute) => (isThere(minute) ? (requests[minute] ?? 0) / 4 : 0),
  );
  // Two names of pods are enough: one comes when the other goes, and counts from 0 again.
  for (const pod of [0, 1]) yield* ofPod(service, pod, labels, isThere);
}

/** One route, two codes and only the buckets that rules read. */
function* ofPod(
  service: LivingService,
  pod: number,
  labels: string,
  isThere: (minute: number) => boolean,
): Generator<readonly [string, string]> {
  const { requests, failed, late, status, metrics, bucket } = service;
  const minutes = requests.length;
  const bad = (minute: number) => (requests[minute] ?? 0) * (failed[minute] ?? 0);
  const good = (minute: number) => (requests[minute] ?? 0) - bad(minute);
  const withStatus = (minute: number) => (status[minute] === 1 ? bad(minute) : 0);
  const without = (minute: number) => bad(minute) - withStatus(minute);
  const kinds = [
    [
      'http_response_status_code="200"',
      good,
      (minute: number) => Math.max(0, good(minute) - (requests[minute] ?? 0) * (late[minute] ?? 0)),
    ],
    ['http_response_status_code="500"', withStatus, withStatus],
    ['error_type="ValueError"', without, without],
  ] as const;
  for (const [code, all, inTime] of kinds) {
    const has = presence(service, pod, all);
    if (!has.includes(1)) continue;
    const isMine = (minute: number) => has[minute] === 1 && metrics[minute] === 1 && isThere(minute);
    const own = `${labels},k8s_pod_name="pod-${pod}",http_route="/",${code}`;
    const restarts = (minute: number) => service.pod[minute] !== service.pod[minute - 1];
    yield counter(`${metric}_count{${own}}`, minutes, isMine, all, restarts);
    const hasBucket = (minute: number) => isMine(minute) && bucket[minute] === 1;
    yield counter(`${metric}_bucket{${own},le="0.5"}`, minutes, hasBucket, inTime, restarts);
  }
}

/** The minutes in which pods of this name have a counter: it appears with what it counts first. */
function presence({ pod: pods }: LivingService, pod: number, counts: (minute: number) => number): Uint8Array {
  const has = new Uint8Array(pods.length);
  for (const [minute, number] of pods.entries()) {
    if (number % 2 !== pod) continue;
    const isSame = pods[minute - 1] === number;
    if (counts(minute) > 0 || (isSame && has[minute - 1] === 1)) has[minute] = 1;
  }
  return has;
}

/** A counter that grows in each minute, is seen in some, and begins anew with another process. */
function counter(
  name: string,
  minutes: number,
  isThere: (minute: number) => boolean,
  growth: (minute: number) => number,
  restarts: (minute: number) => boolean = () => false,
): readonly [string, string] {
  let value = 0;
  return [
    name,
    notation(minutes, (minute) => {
      if (restarts(minute)) value = 0;
      value += growth(minute);
      return isThere(minute) ? Math.round(value * 100) / 100 : undefined;
    }),
  ];
}

/** promtool's notation: a series that is no longer there is stale, as after a scrape without it. */
export function notation(minutes: number, value: (minute: number) => number | undefined): string {
  const words: string[] = [];
  let run: { word: string; times: number } | undefined;
  const flush = () => {
    if (run !== undefined)
      words.push(run.times === 1 ? run.word : run.word === "_" ? `_x${run.times}` : `${run.word}x${run.times - 1}`);
    run = undefined;
  };
  const put = (word: string) => {
    if (run?.word === word) run.times++;
    else {
      flush();
      run = { word, times: 1 };
    }
  };
  let last: number | undefined;
  for (let minute = 0; minute < minutes; minute++) {
    const now = value(minute);
    if (now === undefined && last !== undefined) {
      flush();
      words.push("stale");
    } else put(now === undefined ? "_" : String(now));
    last = now;
  }
  flush();
  return words.join(" ");
}
