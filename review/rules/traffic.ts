/** Made-up services whose windows are compared: what they do in each slot of five seconds. */

/** Seconds of a slot. */
export const slot = 5;
/** Slots of a minute, and of an hour. */
export const minute = 60 / slot;
export const hour = 60 * minute;

/** Processes of a service at the same time. */
const atOnce = 2;

/** One process of a service. */
interface Process {
  readonly pod: string;
  readonly from: number;
  readonly to: number;
  /** It counts from 0 again there, in the same series. */
  readonly resets?: (slot: number) => boolean;
}

/** A service with its requests, in all of its processes together. */
export interface Service {
  readonly name: string;
  readonly requests: (slot: number) => number;
  /** Shares of them that fail, and that are late. */
  readonly failed: (slot: number) => number;
  readonly late: (slot: number) => number;
  readonly processes: readonly Process[];
  /** Whether scrapes find it. */
  readonly isHeard?: (slot: number) => boolean;
}

/** In slots. */
export interface Time {
  readonly slots: number;
  readonly scrape: number;
}

const metric = "http_server_request_duration_seconds";

/**
 * Samples of a service in promtool's notation, a slot between two.
 *
 * @param time.slots how long it lives
 * @param time.scrape slots between two scrapes
 */
export function* samplesOf(service: Service, time: Time): Generator<readonly [series: string, values: string]> {
  for (const [index, process] of service.processes.entries()) {
    const own = `service_name="${service.name}",k8s_namespace_name="shop",k8s_pod_name="${process.pod}"${startOf(process)}`;
    const kinds = [
      ["200", (at: number) => 1 - service.failed(at)],
      ["500", (at: number) => service.failed(at)],
    ] as const;
    for (const [code, share] of kinds) {
      const labels = `${own},http_response_status_code="${code}"`;
      const all = (at: number) => (service.requests(at) * share(at)) / atOnce;
      const inTime = (at: number) => all(at) * (1 - service.late(at));
      yield [`${metric}_count{${labels}}`, counter(service, process, { ...time, phase: index % time.scrape }, all)];
      yield [
        `${metric}_bucket{${labels},le="0.5"}`,
        counter(service, process, { ...time, phase: index % time.scrape }, inTime),
      ];
    }
  }
}

/** The label that the Collector adds; what begins anew in the same series has come some other way. */
function startOf({ from, resets }: Process): string {
  return resets ? "" : `,otel_start_time="${from * slot}000000000"`;
}

/** @param time.phase in which of the slots between two scrapes its samples are */
function counter(
  { isHeard = () => true }: Service,
  { from, to, resets }: Process,
  { slots, scrape, phase }: Time & { readonly phase: number },
  growth: (slot: number) => number,
): string {
  const words: string[] = [];
  let value = 0;
  let missing = 0;
  let isThere = false;
  for (let at = 0; at < slots; at++) {
    if (resets?.(at) === true) value = 0;
    else if (at >= from && at < to) value += growth(at);
    if (at % scrape !== phase) {
      missing++;
      continue;
    }
    const there = at >= from && at < to && isHeard(at);
    if (!there && !isThere) {
      missing++;
      continue;
    }
    if (missing > 0) words.push(`_x${missing}`);
    missing = 0;
    words.push(there ? String(Math.round(value * 1000) / 1000) : "stale");
    isThere = there;
  }
  return words.join(" ");
}

const always = Number.POSITIVE_INFINITY;
const two = [
  { pod: "a", from: 0, to: always },
  { pod: "b", from: 0, to: always },
];
const constant = (value: number) => () => value;

/** Each time of so many slots in a period, from an offset on. */
const every =
  (period: number, length: number, offset = 0) =>
  (at: number) =>
    (at + offset) % period < length;

/**
 * The services.
 *
 * @param slots how long it all takes; comparisons are made in the last hours
 */
export function services(slots: number): Service[] {
  const busy = every(37 * minute, 3 * minute);
  const failing = every(5 * hour, 25 * minute);
  const slow = every(4 * hour, 20 * minute, hour);
  const gaps = every(100 * minute, 10 * minute, hour);
  const incidents = {
    failed: (at: number) => (failing(at) ? 0.25 : 0.004),
    late: (at: number) => (slow(at) ? 0.3 : 0.008),
  };
  const life = 90 * minute;
  const replaced = Array.from({ length: Math.ceil(slots / life) }, (_, number) =>
    ["a", "b"].map((pod, index) => {
      const from = number * life + index * 5 * minute;
      return { pod: `${pod}-${number}`, from, to: from + life };
    }),
  ).flat();
  return [
    { name: "steady", requests: constant(20), failed: constant(0.004), late: constant(0.02), processes: two },
    { name: "incidents", requests: constant(20), ...incidents, processes: two },
    {
      name: "bursty",
      requests: (at) => (busy(at) ? 200 : 10),
      failed: (at) => (busy(at) ? 0.03 : 0.002),
      late: (at) => (busy(at) ? 0.1 : 0.004),
      processes: two,
    },
    { name: "new pods every 90 minutes", requests: constant(20), ...incidents, processes: replaced },
    {
      name: "restarts in place every 50 minutes",
      requests: constant(20),
      ...incidents,
      processes: two.map((process, index) => ({ ...process, resets: every(50 * minute, 1, index * 7 * minute) })),
    },
    {
      name: "born within the windows",
      requests: constant(20),
      ...incidents,
      processes: two.map((process) => ({ ...process, from: slots - 8 * hour })),
    },
    { name: "gaps of ten minutes", requests: constant(20), ...incidents, processes: two, isHeard: (at) => !gaps(at) },
    {
      name: "a request an hour",
      requests: (at) => (at % hour === 0 ? 2 : 0),
      failed: (at) => (failing(at) ? 0.5 : 0),
      late: constant(0),
      processes: two,
    },
  ];
}
