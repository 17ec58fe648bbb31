import type { Incident, Told } from "./incident.ts";

/** The parts of a made-up platform: whether Prometheus can scrape each pod of each job, minute by minute. */

/** Not a target at all. */
export const none = -1;

interface Part {
  readonly namespace: string;
  readonly pods: number;
}

export const parts: Readonly<Record<string, Part>> = {
  "otel-collector": { namespace: "observability", pods: 1 },
  "otel-collector-monitoring": { namespace: "observability", pods: 1 },
  "jaeger-collector-monitoring": { namespace: "observability", pods: 1 },
  "grafana-service": { namespace: "observability", pods: 1 },
  "prometheus-operated": { namespace: "observability", pods: 2 },
  "alertmanager-operated": { namespace: "observability", pods: 3 },
  "grafana-operator-metrics-service": { namespace: "grafana-operator", pods: 1 },
  "opentelemetry-operator-controller-manager-metrics-service": {
    namespace: "opentelemetry-operator-system",
    pods: 1,
  },
  "prometheus-operator": { namespace: "prometheus-operator", pods: 1 },
  "cert-manager": { namespace: "cert-manager", pods: 1 },
  kubelet: { namespace: "kube-system", pods: 1 },
};

/** 1, 0 or `none` for each pod of each job. */
export class LivingPlatform {
  readonly up: ReadonlyMap<string, readonly Int8Array[]>;

  constructor(minutes: number) {
    this.up = new Map(
      Object.entries(parts).map(([job, { pods }]) => [
        job,
        Array.from({ length: pods }, () => new Int8Array(minutes).fill(1)),
      ]),
    );
  }

  set(job: string, value: number, from: number, to: number, pod = 0): void {
    this.up.get(job)?.[pod]?.fill(value, from, to);
  }

  /** Whether what applications sent can be had. */
  isHeard(minute: number): boolean {
    return this.up.get("otel-collector")?.[0]?.[minute] === 1;
  }
}

const collector = ["otel-collector-monitoring", "otel-collector"];
const unavailable: Readonly<Record<string, string>> = {
  "otel-collector-monitoring": "CollectorUnavailable",
  "jaeger-collector-monitoring": "JaegerUnavailable",
  "grafana-service": "GrafanaUnavailable",
};

const told = (alert: string, job: string): Told => ({
  alert,
  labels: { namespace: parts[job]?.namespace ?? "", job },
});

/** All that may be said while the collector or its port is away; what single services are missed for is inhibited. */
const ofCollector = (tail: number): Pick<Incident, "may" | "tail"> => ({
  may: ["TargetDown", "TargetsMissing", "CollectorUnavailable", "ApplicationMetricsUnavailable"].flatMap((alert) =>
    collector.map((job) => told(alert, job)),
  ),
  tail,
});

/** What may be said of a job. */
const ofJob = (job: string, tail: number): Pick<Incident, "may" | "tail"> =>
  job in unavailable && collector.includes(job)
    ? ofCollector(tail)
    : {
        may: ["TargetDown", "TargetsMissing", unavailable[job] ?? "TargetDown"].map((alert) => told(alert, job)),
        tail,
      };

/** One thing that happens to the platform: how long, and what it does. */
export interface PlatformPlan {
  readonly kind: string;
  readonly duration: number;
  /** Whether services are not heard meanwhile. */
  readonly hidesServices: boolean;
  /** What it happens to: one at a time. */
  readonly job: string;
  readonly apply: (platform: LivingPlatform, start: number) => Incident;
}

const inTurn = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;

export function partAway(near: boolean, index: number, random: () => number): PlatformPlan {
  const job = inTurn(Object.keys(unavailable), Math.floor(index / 2));
  const duration = near ? (index % 2 === 0 ? 4 : 6) : 10 + Math.round(90 * random());
  const value = random() < 0.5 ? 0 : none;
  return {
    ...{ kind: "part away", duration, job, hidesServices: collector.includes(job) },
    apply: (platform, start) => {
      for (const each of collector.includes(job) ? collector : [job])
        platform.set(each, value, start, start + duration);
      const isTold = duration > 5;
      return {
        ...{ kind: "part away", start, end: start + duration, size: duration / 5, promise: 8 },
        ...(isTold ? { must: told(unavailable[job] ?? "", job), holds: start + duration - 1 } : {}),
        ...(isTold ? ofJob(job, 25) : { may: [], tail: 0 }),
      };
    },
  };
}

/** A part that falls over again and again: up for a minute and away for five, or near to half of the time. */
export function fallsOver(near: boolean, index: number, random: () => number): PlatformPlan {
  const job = inTurn(Object.keys(unavailable), Math.floor(index / 2));
  const [up, down] = near ? (index % 2 === 0 ? [3, 2] : [2, 3]) : [1, 5];
  const duration = 60 + Math.round(200 * random());
  const isTold = down > up;
  return {
    ...{ kind: "1", duration, job, hidesServices: collector.includes(job) },
    apply: (platform, start) => {
      for (const each of collector.includes(job) ? collector : [job]) {
        for (let at = start; at < start + duration; at += up + down)
          platform.set(each, 0, at, Math.min(at + down, start + duration));
      }
      return {
        ...{ kind: "1", start, end: start + duration, size: near ? (down / (up + down)) * 2 : 2, promise: 35 },
        ...(isTold ? { must: told(unavailable[job] ?? "", job), holds: start + duration - 1 } : {}),
        ...(isTold ? ofJob(job, 25) : { may: [], tail: 0 }),
      };
    },
  };
}

export function podMissing(near: boolean, index: number, random: () => number): PlatformPlan {
  const job = inTurn(
    Object.keys(parts).filter((each) => !(each in unavailable) && !collector.includes(each)),
    Math.floor(index / 2),
  );
  const duration = near ? (index % 2 === 0 ? 12 : 18) : 30 + Math.round(270 * random());
  return {
    ...{ kind: "5", duration, job, hidesServices: false },
    apply: (platform, start) => {
      platform.set(job, none, start, start + duration, (parts[job]?.pods ?? 1) - 1);
      const must = told("TargetsMissing", job);
      const isTold = duration > 15;
      return {
        ...{ kind: "5", start, end: start + duration, size: duration / 15, promise: 18 },
        ...(isTold ? { must, holds: start + duration - 1, may: [must], tail: 3 } : { may: [], tail: 0 }),
      };
    },
  };
}

/** What applications sent cannot be scraped; what the collector says of itself can. */
export function metricsAway(near: boolean, index: number, random: () => number): PlatformPlan {
  const duration = near ? (index % 2 === 0 ? 4 : 6) : 20 + Math.round(100 * random());
  return {
    ...{ kind: "6", duration, job: "otel-collector", hidesServices: true },
    apply: (platform, start) => {
      platform.set("otel-collector", 0, start, start + duration);
      const isTold = duration > 5;
      return {
        ...{ kind: "6", start, end: start + duration, size: duration / 5, promise: 8 },
        ...(isTold
          ? { must: told("ApplicationMetricsUnavailable", "otel-collector"), holds: start + duration - 1 }
          : {}),
        ...(isTold ? ofCollector(25) : { may: [], tail: 0 }),
      };
    },
  };
}
