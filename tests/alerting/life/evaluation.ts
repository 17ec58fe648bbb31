import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { RuleGroup } from "../../../rules/rule.ts";
import { alertHistory } from "./history.ts";
import { type Judgement, judge } from "./judgement.ts";
import type { Life } from "./life.ts";
import { samples } from "./samples.ts";

/** The rules that a life is held against. */
export interface JudgedRules {
  /** Of the platform. */
  readonly platform: readonly RuleGroup[];
  /** Of the services, and of the team that records its objectives itself; those of the team first. */
  readonly services: readonly RuleGroup[];
}

/** A life has no log lines and no pods: the parts that watch these are off. */
export const livedParts = { parts: '{"logs": false, "clusterMetrics": false}' };

/** What the one team promises in a life that says it itself. */
export const ownPromise = {
  service: "own-0",
  namespace: "shop",
  objective: { availability: 0.995, latencyTarget: 0.9995, latencySeconds: 0.5 },
} as const;

/**
 * Evaluates rules over a life and judges what they say. Services are independent of each other: half of them at a time, each half in
 * a promtool of its own.
 *
 * @param folder where it writes; must be there
 */
export async function evaluate(promtool: string, folder: string, life: Life, rules: JudgedRules): Promise<Judgement> {
  const halves = [0, 1].map((half) => life.services.filter((_, index) => index % 2 === half));
  const histories = await Promise.all(
    halves.map(async (services, index) => {
      const withPlatform = index === 0;
      const place = join(folder, String(index));
      await mkdir(place);
      const groups = withPlatform ? [...rules.services, ...rules.platform] : rules.services;
      return alertHistory(promtool, place, groups, samples(life, services, withPlatform), life.minutes);
    }),
  );
  return judge(life, histories.flat());
}
