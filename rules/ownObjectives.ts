import { budget, type Objective } from "./objectives.ts";
import type { RecordingRule, RuleGroup } from "./rule.ts";
import { longSlowRule, partRules, slowRule } from "./serviceRecording.ts";
import { series } from "./serviceSeries.ts";
import { windows } from "./windows.ts";

/** A service whose team says itself what it promises. */
export interface OwnObjectivesArgs {
  /** Its `service.name`. */
  readonly service: string;
  /** The namespace of its pods. */
  readonly namespace: string;
  readonly objective: Objective;
}

/**
 * The objectives of one service, as its team's own rules. They take the place of what the platform records for it, under the
 * same names: the platform's alerts and dashboards go by them, and no alert is there twice. What is divided by what stands in
 * one expression: another group's numbers are up to two minutes older.
 */
export function ownObjectives({ service, namespace, objective }: OwnObjectivesArgs): RuleGroup[] {
  const labels = { service_name: service, k8s_namespace_name: namespace };
  const matcher = Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",");
  const timed = [{ matcher, seconds: objective.latencySeconds }];
  const constant = (record: string, value: number): RecordingRule => ({ record, expr: `vector(${value})` });
  // As the expressions have them; written out they show that each rule speaks of its own namespace only.
  const labelled = (rules: RecordingRule[]): RecordingRule[] => rules.map((rule) => ({ ...rule, labels }));
  return [
    {
      name: `${service}-objectives`,
      rules: labelled([
        constant(series.own, 1),
        constant(series.errorBudget, budget(objective.availability)),
        constant(series.latencyBudget, budget(objective.latencyTarget)),
        ...windows.fast.map((window) => slowRule(window, timed)),
      ]),
    },
    // The pace of the platform's rules for the long windows.
    {
      name: `${service}-objectives-slow`,
      interval: "2m",
      rules: labelled([
        ...windows.slow.map((window) => slowRule(window, timed)),
        ...partRules(timed, matcher),
        ...windows.long.map((window) => longSlowRule(window, matcher)),
      ]),
    },
  ];
}
