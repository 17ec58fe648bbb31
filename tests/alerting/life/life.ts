import { seededRandom } from "../../support/seededRandom.ts";
import { type Incident, isNear, kinds } from "./incident.ts";
import {
  failingGroup,
  failingMessage,
  overdueCertificate,
  type OwnSeries,
  unissuedCertificate,
} from "./otherIncidents.ts";
import { fallsOver, LivingPlatform, metricsAway, partAway, type PlatformPlan, podMissing } from "./platform.ts";
import { day, LivingService, type Traffic } from "./service.ts";
import { isOpen, type Planned, serviceKinds } from "./serviceIncidents.ts";

/** Some days of twenty services and their platform, with everything that goes wrong and much that only looks so. */
export interface Life {
  readonly seed: number;
  readonly minutes: number;
  readonly services: readonly LivingService[];
  readonly platform: LivingPlatform;
  readonly others: readonly OwnSeries[];
  /** Minutes in which a program is away whose requests all fail and that says no service. */
  readonly legacy: readonly (readonly [from: number, to: number])[];
  readonly incidents: readonly Incident[];
}

/** A stretch of time, in minutes. */
type Stretch = readonly [from: number, to: number];

/** Before anything may go wrong there must be a day of traffic. */
const warmUp = 30 * 60;

const traffics: readonly (readonly [Traffic, number])[] = [
  ["steady", 8],
  ["office", 4],
  ["rare", 2],
  ["messages", 3],
];

/**
 * @param days at least 3; the kinds occur as often as in thirty, in proportion
 */
export function livedThrough(seed: number, days: number): Life {
  const random = seededRandom(seed);
  const minutes = days * day;
  const services = [
    ...traffics.flatMap(([traffic, count]) =>
      Array.from(
        { length: count },
        (_, index) => new LivingService({ name: `${traffic}-${index}`, namespace: "shop", traffic }, minutes, random),
      ),
    ),
    new LivingService({ name: "own-0", namespace: "shop", traffic: "steady", hasOwnObjectives: true }, minutes, random),
    new LivingService({ name: "homeless-0", traffic: "steady" }, minutes, random),
    new LivingService({ name: "homeless-1", traffic: "steady" }, minutes, random),
  ];
  const platform = new LivingPlatform(minutes);
  const times = (kind: string) => Math.max(1, Math.round(((kinds[kind]?.times ?? 0) * days) / 30));
  const isNearOne = (kind: string, index: number) => index < Math.round(((kinds[kind]?.near ?? 0) * days) / 30);

  const [platformIncidents, hidden] = platformLife(platform, minutes, times, isNearOne, random);
  const serviceIncidents = servicesLife(services, hidden, times, isNearOne, random);
  const anywhere = () => warmUp + Math.floor(random() * (minutes - warmUp - 480));
  const others = [
    ...Array.from({ length: Math.ceil(times("10") / 2) }, (_, index) => failingGroup(index, anywhere(), random)),
    ...Array.from({ length: Math.ceil(times("10") / 2) }, (_, index) => failingMessage(index, anywhere(), random)),
    ...Array.from({ length: Math.ceil(times("11") / 2) }, (_, index) =>
      unissuedCertificate(isNearOne("11", index), index, anywhere(), random),
    ),
    ...Array.from({ length: Math.ceil(times("11") / 2) }, (_, index) => overdueCertificate(index, anywhere(), random)),
  ];
  const unserved = Math.ceil(times("14") * 0.4);
  const legacy = Array.from({ length: unserved }, (_, index): Stretch => {
    const from = warmUp + Math.floor(((index + random() / 2) * (minutes - warmUp - 200)) / unserved);
    return [from, from + 120];
  });
  return {
    ...{ seed, minutes, services, platform, others, legacy },
    incidents: [
      ...platformIncidents,
      ...serviceIncidents,
      ...others.map(({ incident }) => incident),
      ...legacy.map(([start, end]) => ({ kind: "14", start, end, size: 0, promise: 0, may: [], tail: 0 })),
    ].sort((a, b) => a.start - b.start),
  };
}

/** The platform's incidents, and the stretches in which no service is heard. */
function platformLife(
  platform: LivingPlatform,
  minutes: number,
  times: (kind: string) => number,
  isNearOne: (kind: string, index: number) => boolean,
  random: () => number,
): [Incident[], Stretch[]] {
  const makers = { "part away": partAway, "1": fallsOver, "5": podMissing, "6": metricsAway };
  const plans = Object.entries(makers).flatMap(([kind, maker]) =>
    Array.from({ length: times(kind) }, (_, index) => maker(isNearOne(kind, index), index, random)),
  );
  const taken = new Map<string, Stretch[]>();
  const hidden: Stretch[] = [];
  const incidents = plans.flatMap((plan) => {
    const start = freeStart(plan, taken, minutes, random);
    if (start === undefined) return [];
    if (plan.hidesServices) hidden.push([start, start + plan.duration]);
    return [plan.apply(platform, start)];
  });
  return [incidents, hidden];
}

function freeStart(
  plan: PlatformPlan,
  taken: Map<string, Stretch[]>,
  minutes: number,
  random: () => number,
): number | undefined {
  // The collector and its port are one.
  const what = plan.hidesServices ? "collector" : plan.job;
  const others = taken.get(what) ?? [];
  for (let attempt = 0; attempt < 500; attempt++) {
    const start = warmUp + Math.floor(random() * (minutes - warmUp - plan.duration - 60));
    const mine: Stretch = [start - 120, start + plan.duration + 120];
    if (others.some((other) => overlap(other, mine))) continue;
    taken.set(what, [...others, [start, start + plan.duration]]);
    return start;
  }
  return undefined;
}

function servicesLife(
  services: readonly LivingService[],
  hidden: readonly Stretch[],
  times: (kind: string) => number,
  isNearOne: (kind: string, index: number) => boolean,
  random: () => number,
): Incident[] {
  const plans = new Map<LivingService, Planned[]>(services.map((service) => [service, []]));
  const load = (service: LivingService) =>
    (plans.get(service) ?? []).reduce((sum, plan) => sum + plan.duration + plan.quiet, 0);
  for (const [kind, { suits, plan }] of Object.entries(serviceKinds)) {
    const count = kind === "14" ? Math.ceil(times(kind) * 0.6) : times(kind);
    for (let index = 0; index < count; index++) {
      const [least] = services.filter(suits).sort((a, b) => load(a) - load(b));
      if (least !== undefined) plans.get(least)?.push({ ...plan(isNearOne(kind, index), index, random), kind });
    }
  }
  return [...plans].flatMap(([service, own]) => serviceLife(service, shuffled(own, random), hidden, random));
}

/** Puts the incidents of a service one after the other, with deployments and short absences between. */
function serviceLife(
  service: LivingService,
  plans: readonly Planned[],
  hidden: readonly Stretch[],
  random: () => number,
): Incident[] {
  const minutes = service.requests.length;
  const incidents: Incident[] = [];
  let free = warmUp - 28 * 60;
  for (const [index, plan] of plans.entries()) {
    const rest = plans.slice(index).reduce((sum, { quiet, duration }) => sum + quiet + duration, 0);
    const slack = Math.max(0, minutes - free - rest - 600) / (plans.length - index + 1);
    const earliest = Math.max(warmUp, free + plan.quiet + Math.floor(random() * slack));
    const start = startFrom(service, plan, earliest, hidden);
    if (start === undefined) continue;
    harmless(service, free, start - plan.quiet, random);
    const { kind, duration, size, promise } = plan;
    incidents.push({ kind, start, end: start + duration, size, promise, ...plan.apply(service, start) });
    free = start + duration + 30;
  }
  return incidents;
}

function startFrom(
  service: LivingService,
  plan: Planned,
  earliest: number,
  hidden: readonly Stretch[],
): number | undefined {
  const minutes = service.requests.length;
  for (let start = earliest; start + plan.duration + 120 < minutes; start++) {
    const isAtItsHour =
      plan.at === undefined ? isOpen(service, start, plan.duration) || plan.duration > 600 : start % day === plan.at;
    const decided = plan.duration > 600 ? 30 : Math.max(plan.duration, plan.promise);
    const mine: Stretch = [start - 75, start + decided + 30];
    if (isAtItsHour && !hidden.some((other) => overlap(other, mine))) return start;
  }
  return undefined;
}

/** Deployments, and restarts that take some minutes. */
function harmless(service: LivingService, from: number, to: number, random: () => number): void {
  for (let at = from + 60; at < to - 60; at += 600 + Math.floor(random() * 2400)) {
    if (at < 60) continue;
    if (random() < 0.6) service.replacePod(at);
    else service.away(at, at + 2 + Math.floor(random() * 3));
  }
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}

function overlap([a, b]: Stretch, [c, d]: Stretch): boolean {
  return a < d && c < b;
}

/** How many of the incidents are near the size that must be told. */
export function nearOnes(incidents: readonly Incident[]): number {
  return incidents.filter(isNear).length;
}
