import type { Severity } from "../settings/windows.ts";
/** What a rule of Prometheus looks like, and what all of ours have in common. */

/** Computes a series from others and keeps it under a name of its own. */
export interface RecordingRule {
  /** Name of the series, as `level:metric:operation`. */
  record: string;
  expr: string;
  labels?: Record<string, string>;
}

/** Says something to a person while its expression gives a result. */
export interface AlertingRule {
  alert: string;
  expr: string;
  /** How long the expression gives a result before anybody is told. @default at once */
  for?: string;
  /** How much longer it goes on after the last result. @default not at all */
  keep_firing_for?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** Matcher of what rules recorded: whatever a target calls its series, Prometheus gives them the target's job. */
export const recorded = 'job=""';

export type Rule = RecordingRule | AlertingRule;

/** Rules that are evaluated together, in their order: a rule may use what the ones before it recorded. */
export interface RuleGroup {
  name: string;
  /** Time between two evaluations. @default Prometheus' own, 30s */
  interval?: string;
  rules: Rule[];
}

/** An alert as it is written here; the rest of the rule follows from it. */
export interface AlertArgs {
  /** Its name, and that of its entry in the runbook. */
  readonly name: string;
  readonly severity: Severity;
  readonly expr: string;
  /** How long it must be true before anybody is told. @default at once */
  readonly for?: string;
  /** How much longer it goes on after it was true. @default not at all */
  readonly keepFiringFor?: string;
  /** Labels besides the severity; `namespace` decides who is told. @default those of the expression */
  readonly labels?: Record<string, string>;
  /** One line without numbers, for the subject of a message. */
  readonly summary: string;
  /** What is seen, with the number. */
  readonly description: string;
}

/** An alerting rule with its severity and the place where a person reads on. */
export function alert(args: AlertArgs): AlertingRule {
  return {
    alert: args.name,
    expr: args.expr,
    ...(args.for === undefined ? {} : { for: args.for }),
    ...(args.keepFiringFor === undefined ? {} : { keep_firing_for: args.keepFiringFor }),
    labels: { severity: args.severity, ...args.labels },
    annotations: { summary: args.summary, description: args.description, runbook_url: runbookUrl(args.name) },
  };
}

/**
 * The entry of an alert in the runbook, as a path inside this repository: a clone of it lives at an address of its own.
 *
 * @param name name of the alert; the anchor is what GitHub and GitLab make of the heading
 */
export function runbookUrl(name: string): string {
  return `docs/runbook.md#${name.toLowerCase()}`;
}
