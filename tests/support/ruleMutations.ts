import type { AlertingRule, RecordingRule, RuleGroup } from "../../rules/rule.ts";

/** One rule with one thing broken in it. */
export interface Mutant {
  /** Name of the alert. */
  readonly alert: string;
  /** What is broken. */
  readonly change: string;
  /** All groups, with the broken rule in place of the right one. */
  readonly groups: RuleGroup[];
}

/** Every mutant of the alerting rules, and of the recorded verdicts that some of them only read. */
export function mutants(groups: readonly RuleGroup[]): Mutant[] {
  const alerts = groups.flatMap(({ rules }) => rules.filter((rule): rule is AlertingRule => "alert" in rule));
  return groups.flatMap((group, groupIndex) =>
    group.rules.flatMap((rule, ruleIndex) => {
      const broken = "alert" in rule ? mutations(rule) : verdictMutations(rule);
      const alert = "alert" in rule ? rule : alerts.find(({ expr }) => expr.includes(rule.record));
      if (alert === undefined) return [];
      return broken.map(([change, one]) => ({
        alert: alert.alert,
        change: `${alert.alert} (${alert.labels.severity ?? ""}): ${change}`,
        groups: groups.map((each, index) =>
          index === groupIndex ? { ...each, rules: each.rules.with(ruleIndex, one) } : each,
        ),
      }));
    }),
  );
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
  const minutes = Number.parseInt(duration);
  return [`${minutes * 2}m`, `${minutes * 30}s`];
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
