import { budget, type Objective } from "./objectives.ts";
import type { RecordingRule, RuleGroup } from "./rule.ts";
import { countingRules, processIdentity } from "./serviceCounting.ts";
import { byDuration, slowRule, timedRules } from "./serviceDurations.ts";
import { metric, series } from "./serviceSeries.ts";
import { windows } from "../settings/windows.ts";

/** A service whose team says itself what it promises. */
export interface OwnObjectivesArgs {
  /** Its `service.name`. */
  readonly service: string;
  /** The namespace of its pods. */
  readonly namespace: string;
  readonly objective: Objective;
}

/** Names of the series that objectives of a team's own are recorded under. */
export const ownSeries: readonly string[] = ownObjectives({
  ...{ service: "", namespace: "", objective: { availability: 0.99, latencySeconds: 1, latencyTarget: 0.99 } },
}).flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? rule.record : [])));

/**
 * The objectives of one service, as its team's own rules. They take the place of what the platform records for it, under the
 * same names: the platform's alerts and dashboards go by them, and no alert is there twice. All that is counted is counted in one
 * group: another one's numbers are up to a minute older.
 */
export function ownObjectives({ service, namespace, objective }: OwnObjectivesArgs): RuleGroup[] {
  const labels = { service_name: service, k8s_namespace_name: namespace };
  const matcher = Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",");
  const requests = `sum by (${processIdentity}) (${metric}_count{${matcher}})`;
  const timed = timedRules([{ matcher, seconds: objective.latencySeconds }], requests, matcher);
  const constant = (record: string, value: number): RecordingRule => ({ record, expr: `vector(${value})` });
  // As the expressions have them; written out they show that each rule speaks of its own namespace only.
  const labelled = (rules: RecordingRule[]): RecordingRule[] => rules.map((rule) => ({ ...rule, labels }));
  // The paces of the platform's groups.
  return [
    {
      name: `${service}-objectives`,
      interval: "1m",
      rules: labelled([
        constant(series.own, 1),
        constant(series.errorBudget, budget(objective.availability)),
        constant(series.latencyBudget, budget(objective.latencyTarget)),
        ...timed,
        ...countingRules(byDuration, matcher),
        ...windows.fast.map((window) => slowRule(window, matcher)),
      ]),
    },
    {
      name: `${service}-objectives-slow`,
      interval: "2m",
      rules: labelled(windows.slow.map((window) => slowRule(window, matcher))),
    },
  ];
}
