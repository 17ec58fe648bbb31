import { budget } from "../../rules/objectives.ts";
import { serviceRecording } from "../../rules/serviceRecording.ts";
import { seconds } from "../../settings/windows.ts";
import { parseSettings } from "../../settings/read.ts";
import { compare, type Ratio } from "./comparison.ts";
import { type Burning, burning, type Deviation, deviation } from "./judgement.ts";
import { hour, minute, type Service, services, slot } from "./traffic.ts";

/** How far the recorded windows of one ratio of a service are from those of the raw series. */
export interface Accuracy {
  readonly service: string;
  readonly ratio: Ratio;
  readonly windows: Readonly<Record<string, Deviation>>;
  readonly burning: Burning;
}

/** What is compared. */
export interface Extent {
  readonly windows: readonly string[];
  /** How long the services live. */
  readonly hours: number;
  /** How many of the last minutes are compared. */
  readonly minutes: number;
  /** Seconds between two samples. promtool reads no more than ten thousand at a time. */
  readonly scrape: number;
}

/**
 * Compares windows.
 *
 * @param place.folder empty, for files
 */
export async function accuracy(
  place: { readonly promtool: string; readonly folder: string },
  { windows, hours, minutes, scrape }: Extent,
): Promise<Accuracy[]> {
  const { slo } = parseSettings({});
  const slots = hours * hour;
  const all = services(slots);
  // Nothing is compared that the quantiles say.
  const groups = serviceRecording(slo).filter(({ name }) => name !== "services-quantiles");
  const comparison = await compare(place, groups, all, windows, { slots, scrape: scrape / slot, minutes });
  const budgets = { error: budget(slo.availability), slow: budget(slo.latencyTarget) };
  return all.flatMap((service) =>
    (["error", "slow"] as const).map((ratio) => {
      const found = comparison[service.name] ?? {};
      const deviations = windows.map((window) => {
        const counts = (index: number) =>
          beginsHeard(service, slots - (minutes - index) * minute - seconds(window) / slot);
        return [window, deviation(found[window] ?? [], ratio, counts)] as const;
      });
      return {
        service: service.name,
        ratio,
        windows: Object.fromEntries(deviations),
        burning: burning(found, ratio, budgets[ratio]),
      };
    }),
  );
}

/**
 * Whether a window begins in no gap. What was counted in a gap is recorded at its end, and `rate()` leaves it out when its
 * window begins in it.
 */
function beginsHeard({ isHeard = () => true }: Service, begin: number): boolean {
  // It ends with the evaluation after it.
  const heard = [begin + minute, begin, begin - minute, begin - 2 * minute];
  return heard.every((at) => at < 0 || isHeard(at));
}
