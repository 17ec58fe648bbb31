/**
 * What a Collector shows of many services, made from what the real one shows of a single one. Two samples are as far apart in time as the
 * stack's scrapes; the first ones lie in the past, so that an hour of them is there after a few minutes.
 */

/** A sample's labels, and what changes. */
interface Line {
  /** Name and labels, with the name of a service in them. */
  readonly head: string;
  readonly isCounter: boolean;
  /** What a counter grows by at the most. */
  readonly pace: number;
}

/** The name of the service that all others are made from: no label has it by chance. */
export const exampleService = "sizing-service";

/** Milliseconds between two samples: the stack's `prometheus.scrapeInterval`. */
export const scrapeMilliseconds = 30_000;
/** Samples that lie in the past: more than an hour, Prometheus does not take. */
export const pastSamples = 117;

/** One endpoint of the Collector. */
export class SizingSeries {
  readonly #lines: readonly Line[];
  readonly #values: Float64Array;
  #time: number;
  /** Of the last scrape; undefined before the first one. */
  #text: string | undefined;
  #isTaken = false;

  /**
   * @param example what the endpoint shows of `exampleService`, in Prometheus' text format
   * @param services how many
   * @param now milliseconds since the epoch
   */
  constructor(example: string, services: number, now: number) {
    const lines = linesOf(example);
    this.#lines = Array.from({ length: services }, (_, service) =>
      lines.map((line) => ({ ...line, head: line.head.replaceAll(exampleService, `service-${service}`) })),
    ).flat();
    this.#values = new Float64Array(this.#lines.length);
    this.#time = slot(now) - pastSamples * scrapeMilliseconds;
  }

  /** Whether the last sample is of the present. */
  isPresent(now: number): boolean {
    return this.#time >= slot(now);
  }

  /** A scrape had all of it: one that came too late has nothing. */
  taken(): void {
    this.#isTaken = true;
  }

  /** What the next scrape gets: the last samples once more until they have been taken, then later ones, but none of the future. */
  next(now: number): string {
    if (this.#text !== undefined) {
      if (!this.#isTaken || this.isPresent(now)) return this.#text;
      this.#time += scrapeMilliseconds;
    }
    this.#isTaken = false;
    const step = this.#time / scrapeMilliseconds;
    const values = this.#values;
    this.#text = this.#lines
      .map(({ head, isCounter, pace }, index) => {
        const chance = noise(index, step);
        values[index] = isCounter ? (values[index] ?? 0) + Math.round(pace * chance) : Math.round(1000 * chance);
        return `${head} ${values[index]} ${this.#time}\n`;
      })
      .join("");
    return this.#text;
  }
}

function slot(now: number): number {
  return Math.floor(now / scrapeMilliseconds) * scrapeMilliseconds;
}

function linesOf(example: string): Line[] {
  let bucket = 0;
  return example
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const head = line.slice(0, line.lastIndexOf("}") + 1);
      bucket = /^\w+_bucket\{/.test(head) ? bucket + 1 : 0;
      // Most requests succeed, and of a histogram's buckets a later one counts more.
      const usual = /="500"|_ERROR"/.test(head) ? 1 : 40;
      return {
        head,
        isCounter: /^\w+_(bucket|count|sum|total)\{/.test(head),
        pace: bucket === 0 ? usual : (usual * bucket) / 15,
      };
    });
}

/** From 0 to 1, the same for the same numbers, and without a pattern that would compress. */
function noise(index: number, step: number): number {
  let state = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(step | 0, 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
}
