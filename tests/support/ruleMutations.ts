import { durationSeconds } from "../../settings/duration.ts";
import type { AlertingRule, RecordingRule, Rule, RuleGroup } from "../../rules/rule.ts";

/** One rule with one thing broken in it. */
export interface Mutant {
  /** Name of the alert. */
  readonly alert: string;
  /** What is broken. */
  readonly change: string;
  /** The rule as it is right. */
  readonly rule: Rule;
  readonly broken: Rule;
}

/** Every mutant of the alerting rules, and of the recorded verdicts that some of them only read. */
export function mutants(groups: readonly RuleGroup[]): Mutant[] {
  const rules = groups.flatMap((group) => group.rules);
  const alerts = rules.filter((rule): rule is AlertingRule => "alert" in rule);
  return rules.flatMap((rule) => {
    const broken = "alert" in rule ? mutations(rule) : verdictMutations(rule);
    const alert = "alert" in rule ? rule : alerts.find(({ expr }) => expr.includes(rule.record));
    if (alert === undefined) return [];
    return broken.map(([change, one]) => ({
      alert: alert.alert,
      change: `${alert.alert} (${alert.labels.severity ?? ""}): ${change}`,
      rule,
      broken: one,
    }));
  });
}

/** Name of a rule of a mutant beside others. */
export const mutantName = (rule: string, index: number) => `${rule}_mutant${index}`;

/** The mutant that a rule of that name is of. */
export function mutantIndex(name: string): number | undefined {
  const [, index] = /_mutant(\d+)$/.exec(name) ?? [];
  return index === undefined ? undefined : Number(index);
}

/**
 * The rules that an alert depends on, and after them what each mutant changes, under names of its own: the broken rule with all that
 * reads it. What they have in common is worked out once.
 *
 * @param mutants of this alert; their alerts are called by `mutantName`
 */
export function besideMutants(groups: readonly RuleGroup[], alert: string, mutants: readonly Mutant[]): RuleGroup[] {
  const needed = relevant(groups, alert);
  const copies = mutants.map((mutant, index) => copyOf(mutant, needed, mutantName("", index)));
  return needed.map((group) => ({
    ...group,
    rules: group.rules.flatMap((rule) => [rule, ...copies.flatMap((copy) => copy.get(rule) ?? [])]),
  }));
}

/** What a mutant changes, by the rule in whose place it is. */
function copyOf({ rule: right, broken }: Mutant, groups: readonly RuleGroup[], suffix: string): Map<Rule, Rule> {
  const renamed = new Set("record" in right ? [right.record] : []);
  const reads = ({ expr }: Rule) => [...renamed].some((name) => expr.includes(name));
  const copy = new Map<Rule, Rule>();
  for (const rule of groups.flatMap((group) => group.rules)) {
    if (!("alert" in rule) && rule !== right && !reads(rule)) continue;
    const { expr, ...rest } = rule === right ? broken : rule;
    const own = expr.replace(/[\w:]+/g, (word) => (renamed.has(word) ? word + suffix : word));
    if ("record" in rest) renamed.add(rest.record);
    copy.set(
      rule,
      "alert" in rest
        ? { ...rest, expr: own, alert: rest.alert + suffix }
        : { ...rest, expr: own, record: rest.record + suffix },
    );
  }
  return copy;
}

/** A recorded verdict has the thresholds of its alert. */
function verdictMutations(rule: RecordingRule): [change: string, broken: RecordingRule][] {
  if (!rule.record.includes("_burning:")) return [];
  return thresholds(rule.expr).map(([change, expr]) => [`${rule.record}: ${change}`, { ...rule, expr }]);
}

function mutations(rule: AlertingRule): [change: string, broken: AlertingRule][] {
  return [
    ...thresholds(rule.expr).map(([change, expr]): [string, AlertingRule] => [change, { ...rule, expr }]),
    ...durations(rule.for).map((duration): [string, AlertingRule] => [
      `for ${rule.for ?? ""} becomes ${duration}`,
      { ...rule, for: duration },
    ]),
    [
      "severity becomes another",
      { ...rule, labels: { ...rule.labels, severity: rule.labels.severity === "warning" ? "critical" : "warning" } },
    ],
  ];
}

/** The expression with one comparison broken: another number, or the other way round. */
function thresholds(expr: string): [change: string, expr: string][] {
  const comparisons = [...expr.matchAll(/(>=|<=|==|>|<) (\d+(?:\.\d+)?)/g)];
  return comparisons.flatMap((found) => {
    const [text, operator = "", number = ""] = found;
    const numbers = Number(number) === 0 ? [10] : [Number(number) * 1.2, Number(number) * 0.8];
    const opposite = operator.startsWith(">") ? "<" : ">";
    const broken = [
      ...numbers.map((value) => `${operator} ${value}`),
      operator === "==" ? `!= ${number}` : `${opposite} ${number}`,
    ];
    return broken.map((replacement): [string, string] => [
      `${text} becomes ${replacement}`,
      expr.slice(0, found.index) + replacement + expr.slice(found.index + text.length),
    ]);
  });
}

function durations(duration: string | undefined): string[] {
  if (duration === undefined) return ["30m"];
  const seconds = durationSeconds(duration);
  return [`${seconds * 2}s`, `${seconds / 2}s`];
}

/** The groups with only the rules that an alert depends on, in their order. */
export function relevant(groups: readonly RuleGroup[], alert: string): RuleGroup[] {
  const needed = new Set<string>();
  const rules = groups.flatMap((group) => group.rules);
  const need = (expr: string) => {
    for (const rule of rules) {
      if (!("record" in rule) || needed.has(rule.record) || !expr.includes(rule.record)) continue;
      needed.add(rule.record);
      need(rule.expr);
    }
  };
  for (const rule of rules) if ("alert" in rule && rule.alert === alert) need(rule.expr);
  return groups
    .map((group) => ({
      ...group,
      rules: group.rules.filter((rule) => ("alert" in rule ? rule.alert === alert : needed.has(rule.record))),
    }))
    .filter((group) => group.rules.length > 0);
}
