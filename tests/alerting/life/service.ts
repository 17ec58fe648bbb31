/** A made-up service, minute by minute: what it does, and what it sends of that. */

/** How its traffic comes: day and night; in the daytime only; hardly any; as messages, without HTTP. */
export type Traffic = "steady" | "office" | "rare" | "messages";

export const day = 1440;

export class LivingService {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly traffic: Traffic;
  /** Its team records its objectives itself. */
  readonly hasOwnObjectives: boolean;
  /** Requests in each minute. */
  readonly requests: Float64Array;
  /** Share of them that fail, and of the others that are late. */
  readonly failed: Float64Array;
  readonly late: Float64Array;
  /** Whether it runs, sends metrics of requests, has the bucket of its objective, fails with a status; 1 or 0. */
  readonly alive: Uint8Array;
  readonly metrics: Uint8Array;
  readonly bucket: Uint8Array;
  readonly status: Uint8Array;
  /** Number of the pod that runs: another one counts from 0. */
  readonly pod: Uint16Array;

  constructor(
    args: { name: string; namespace?: string; traffic: Traffic; hasOwnObjectives?: boolean },
    minutes: number,
    random: () => number,
  ) {
    this.name = args.name;
    this.namespace = args.namespace;
    this.traffic = args.traffic;
    this.hasOwnObjectives = args.hasOwnObjectives ?? false;
    this.requests = requestsOf(args.traffic, minutes, random);
    this.failed = new Float64Array(minutes);
    this.late = new Float64Array(minutes);
    this.alive = new Uint8Array(minutes).fill(1);
    this.metrics = new Uint8Array(minutes).fill(1);
    this.bucket = new Uint8Array(minutes).fill(1);
    this.status = new Uint8Array(minutes).fill(1);
    this.pod = new Uint16Array(minutes).fill(1);
  }

  /** Puts another pod in place of the one that runs. */
  replacePod(minute: number): void {
    for (let at = minute; at < this.pod.length; at++) this.pod[at] = (this.pod[at] ?? 0) + 1;
  }

  /** It is away for some minutes, and another pod comes. */
  away(from: number, to: number): void {
    this.alive.fill(0, from, to);
    if (to < this.alive.length) this.replacePod(to);
  }
}

function requestsOf(traffic: Traffic, minutes: number, random: () => number): Float64Array {
  const level = traffic === "rare" ? 4 + 3 * random() : 30 + 150 * random();
  return Float64Array.from({ length: minutes }, (_, minute) => {
    if (traffic === "messages") return 0;
    const hour = (minute % day) / 60;
    // Around the clock with a summit at two in the afternoon, or from six to ten in the evening.
    const round = 1 + 0.5 * Math.cos(((hour - 14) / 24) * 2 * Math.PI);
    const office = hour < 6 || hour >= 22 ? 0 : Math.sin(((hour - 6) / 16) * Math.PI) + 0.05;
    const noise = 0.85 + 0.3 * random();
    return Math.round(level * (traffic === "office" ? office : round) * noise);
  });
}
