import type { Incident, Told } from "./incident.ts";
import { day, type LivingService, type Traffic } from "./service.ts";

/** What goes wrong with a service: how long, and what it does to its samples. */

/** One incident before it has a place in time. */
export interface Planned {
  readonly kind: string;
  /** Minutes. */
  readonly duration: number;
  readonly size: number;
  /** Minutes before the start without another incident. */
  readonly quiet: number;
  /** Minute of the day at which it starts. @default any, by day where the service has requests by day only */
  readonly at?: number;
  /** Minutes until it must be told. */
  readonly promise: number;
  readonly apply: (service: LivingService, start: number) => Pick<Incident, "must" | "holds" | "may" | "tail">;
}

/** Which services can have it, and how it is made: with a size near that of the alert or not. */
export interface ServiceKind {
  readonly suits: (service: LivingService) => boolean;
  readonly plan: (near: boolean, index: number, random: () => number) => Planned;
}

const http: readonly Traffic[] = ["steady", "office", "rare"];
const hasRequests = ({ traffic, namespace, hasOwnObjectives }: LivingService) =>
  http.includes(traffic) && namespace !== undefined && !hasOwnObjectives;
const isSteady = (service: LivingService) => hasRequests(service) && service.traffic === "steady";

/** A size below and above 1 in turn: within 20 % or well above. */
function sizeOf(near: boolean, index: number, random: () => number): number {
  if (!near) return 1.3 + 6 * random();
  return index % 2 === 0 ? 0.8 + 0.16 * random() : 1.04 + 0.15 * random();
}

/** A time below and above a limit, or well above. */
function lasting(limit: number, longest: number) {
  return (near: boolean, index: number, random: () => number) => {
    if (!near) return Math.round(limit * 1.5 + (longest - limit * 1.5) * random());
    return index % 2 === 0 ? Math.ceil(limit * 0.8) : Math.floor(limit * 1.2);
  };
}

export const labelsOf = (service: LivingService) => ({
  service_name: service.name,
  namespace: service.namespace ?? "no_namespace",
});
const told = (alert: string, service: LivingService, severity?: "critical" | "warning"): Told => ({
  alert,
  labels: labelsOf(service),
  ...(severity === undefined ? {} : { severity }),
});

/** A share of the requests is bad for more than an hour; the hour is full of it at its end. */
function bad(
  alert: string,
  critical: number,
  spoil: (service: LivingService, share: number, from: number, to: number) => void,
) {
  return (near: boolean, index: number, random: () => number): Planned => {
    const size = sizeOf(near, index, random);
    const duration = 85 + Math.round(30 * random());
    return {
      kind: "",
      ...{ duration, size, quiet: 8 * 60 },
      promise: near ? 72 : Math.ceil(60 / size) + 10,
      apply: (service, start) => {
        spoil(service, Math.min(size * critical, 0.95), start, start + duration);
        return { ...(size > 1 ? { must: told(alert, service, "critical") } : {}), may: [], tail: 0 };
      },
    };
  };
}

const fail = (service: LivingService, share: number, from: number, to: number) => service.failed.fill(share, from, to);

/** A service is away for good, or for as long as nobody is told. */
function away(limit: number, longest: number, at?: number) {
  return (near: boolean, index: number, random: () => number): Planned => {
    const duration = lasting(limit, longest)(near, index, random);
    return {
      kind: "",
      ...{ duration, size: duration / limit, quiet: 120, promise: 14 },
      ...(at === undefined || near ? {} : { at }),
      apply: (service, start) => {
        service.away(start, start + duration);
        const must = told("ServiceTelemetryMissing", service);
        return duration > limit ? { must, holds: start + duration - 1, may: [must], tail: 5 } : { may: [], tail: 0 };
      },
    };
  };
}

export const serviceKinds: Readonly<Record<string, ServiceKind>> = {
  "failed requests": { suits: hasRequests, plan: bad("ServiceErrorBudgetBurn", 14.4 * 0.005, fail) },
  "late requests": {
    suits: hasRequests,
    plan: bad("ServiceLatencyBudgetBurn", 14.4 * 0.01, (service, share, from, to) =>
      service.late.fill(share, from, to),
    ),
  },
  "a day of failures": {
    suits: isSteady,
    plan: (near, index, random) => {
      const size = near ? sizeOf(near, index, random) : 1.3 + random();
      const duration = 27 * 60;
      return {
        kind: "",
        ...{ duration, size, quiet: 12 * 60, promise: 26 * 60 },
        apply: (service, start) => {
          fail(service, size * 3 * 0.005, start, start + duration);
          return {
            ...(size > 1 ? { must: told("ServiceErrorBudgetBurn", service, "warning") } : {}),
            may: [],
            tail: 0,
          };
        },
      };
    },
  },
  // Requests stop: after an outage in every second one, else without an error.
  "2": {
    suits: isSteady,
    plan: (near, index, random) => (!near && index % 2 === 0 ? abandoned(random) : stopped(near, index, random)),
  },
  "3": {
    suits: isSteady,
    plan: (near, index, random) => {
      const duration = lasting(15, 360)(near, index, random);
      return {
        kind: "",
        ...{ duration, size: duration / 15, quiet: 180, promise: 20 },
        apply: (service, start) => {
          service.metrics.fill(0, start, start + duration);
          service.replacePod(start + duration);
          const must = told("ServiceMetricsMissing", service);
          return duration > 15 ? { must, holds: start + duration - 1, may: [must], tail: 6 } : { may: [], tail: 0 };
        },
      };
    },
  },
  "4": { suits: ({ traffic }) => traffic === "messages", plan: away(10, 600) },
  "7": {
    suits: hasRequests,
    plan: (near, index, random) => away(10, near ? 12 : 14 * 60, 18 * 60)(near, index, near ? random : () => 1),
  },
  "8": {
    suits: ({ namespace, hasOwnObjectives }) => namespace !== undefined && !hasOwnObjectives,
    plan: (_near, _index, random) => {
      const duration = 60 + Math.round(240 * random());
      const life = random() < 0.5 ? 1 : 2;
      return {
        kind: "",
        ...{ duration, size: 2, quiet: 120, promise: 30 },
        apply: (service, start) => {
          for (let at = start; at < start + duration; at += life + 5)
            service.away(at, Math.min(at + 5, start + duration));
          const must = told("ServiceTelemetryMissing", service);
          return { must, holds: start + duration - 8, may: [must], tail: 12 };
        },
      };
    },
  },
  "9": {
    suits: hasRequests,
    plan: bad("ServiceErrorBudgetBurn", 14.4 * 0.005, (service, share, from, to) => {
      fail(service, share, from, to);
      service.status.fill(0, from, to);
    }),
  },
  "12": {
    suits: isSteady,
    plan: (near, index, random) => {
      const duration = near ? (index % 2 === 0 ? 75 : 107) : 150 + Math.round(300 * random());
      return {
        kind: "",
        ...{ duration, size: duration / 90, quiet: 180, promise: 100 },
        apply: (service, start) => {
          service.bucket.fill(0, start, start + duration);
          service.replacePod(start);
          service.replacePod(start + duration);
          const must = told("ServiceLatencyUnknown", service);
          return duration > 90 ? { must, may: [must], tail: 10 } : { may: [], tail: 0 };
        },
      };
    },
  },
  // Nobody may be told: traffic falls, and every request is answered in time.
  "13": {
    suits: ({ hasOwnObjectives }) => hasOwnObjectives,
    plan: (_near, _index, random) => ({
      kind: "",
      ...{ duration: 240, size: 0, quiet: 180, promise: 0 },
      apply: (service, start) => {
        const pace = 0.7 + 0.25 * random();
        for (let at = start; at < start + 240; at++)
          service.requests[at] = Math.max(
            3,
            Math.round((service.requests[at] ?? 0) * Math.max(0.05, pace ** (at - start))),
          );
        return { may: [], tail: 0 };
      },
    }),
  },
  "14": { suits: ({ namespace }) => namespace === undefined, plan: bad("ServiceErrorBudgetBurn", 14.4 * 0.005, fail) },
};

function stopped(near: boolean, index: number, random: () => number): Planned {
  const duration = lasting(15, 400)(near, index, random);
  return {
    kind: "",
    ...{ duration, size: duration / 15, quiet: 28 * 60, promise: 20 },
    apply: (service, start) => {
      service.requests.fill(0, start, start + duration);
      const must = told("ServiceRequestsStopped", service, "critical");
      return duration > 15 ? { must, holds: start + duration - 1, may: [must], tail: 6 } : { may: [], tail: 0 };
    },
  };
}

/** Everything fails for some minutes, and then nobody asks for hours. */
function abandoned(random: () => number): Planned {
  const failing = 10 + Math.round(10 * random());
  const duration = failing + 60 + Math.round(240 * random());
  return {
    kind: "",
    ...{ duration, size: 5, quiet: 28 * 60, promise: 12 },
    apply: (service, start) => {
      fail(service, 1, start, start + failing);
      service.requests.fill(0, start + failing, start + duration);
      return {
        must: told("ServiceErrorBudgetBurn", service, "critical"),
        holds: start + duration - 1,
        may: [told("ServiceRequestsStopped", service)],
        tail: 6,
      };
    },
  };
}

/** Whether a service that works by day only has requests in all of these minutes. */
export function isOpen(service: LivingService, start: number, duration: number): boolean {
  if (service.traffic !== "office") return true;
  const from = start % day;
  return from >= 9 * 60 && from + duration <= 20 * 60;
}
