import { seededRandom } from "./seededRandom.ts";

/** Made-up days of services, cut down to seconds: how many requests they have, how many fail, and when their processes end. */

/** From the start of a process to its end, in seconds of the run. */
export interface Life {
  readonly from: number;
  readonly to: number;
  /** A process that is killed does not export what it counted since its last export. */
  readonly end: "SIGTERM" | "SIGKILL";
}

/** One pod of a service, with its processes one after the other. */
export interface ScheduledPod {
  readonly service: string;
  readonly pod: string;
  /** Requests. */
  readonly perSecond: number;
  /** Share of them that fails, 0.01 to 0.5. */
  readonly failing: number;
  readonly lives: readonly Life[];
}

/** Everything that one seed gives. */
export interface Schedule {
  readonly seed: number;
  readonly pods: readonly ScheduledPod[];
}

/** Seconds of a run. */
export const scheduleSeconds = 55;

/** Seconds for which a process lives at least: with exports every second, what a quarter of an hour is with one a minute. */
const SHORTEST_LIFE = 15;

/** The schedule of a seed: one to three services, of which one may be new, with one or two pods each, that may be restarted. */
export function randomSchedule(seed: number): Schedule {
  const random = seededRandom(seed);
  const between = (least: number, most: number) => least + random() * (most - least);
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  const services = Array.from({ length: upTo(3) }, (_, index) => ({
    name: `service-${index}`,
    failing: between(0.01, 0.5),
    // The first is there from the beginning on.
    from: index > 0 && random() < 0.5 ? between(5, scheduleSeconds / 2) : 0,
    pods: upTo(2),
  }));
  const pods = services.flatMap(({ name, failing, from, pods: count }) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ service: name, pod: `${name}-${index}`, failing },
      weight: between(1, 10),
      lives: livesFrom(from, random),
    })),
  );
  // So many that also after a kill at least 400 are left.
  const failed = between(700, 2500);
  const expected = pods.reduce((sum, { weight, failing, lives }) => sum + weight * failing * secondsOf(lives), 0);
  return {
    seed,
    pods: pods.map(({ weight, ...pod }) => ({ ...pod, perSecond: (weight * failed) / expected })),
  };
}

function secondsOf(lives: readonly Life[]): number {
  return lives.reduce((sum, { from, to }) => sum + to - from, 0);
}

function livesFrom(begin: number, random: () => number): Life[] {
  const lives: Life[] = [];
  for (let from = begin; ;) {
    const room = scheduleSeconds - from;
    // What is left would be too short for another one.
    const isLast = room < 2 * SHORTEST_LIFE + 2 || random() < 0.4;
    const to = isLast ? scheduleSeconds : from + SHORTEST_LIFE + random() * (room - 2 * SHORTEST_LIFE - 2);
    lives.push({ from, to, end: random() < 0.5 ? "SIGTERM" : "SIGKILL" });
    if (isLast) return lives;
    from = to + random() * 2;
  }
}
