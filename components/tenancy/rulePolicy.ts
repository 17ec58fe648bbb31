import { ownSeries } from "../../rules/ownObjectives.ts";
import type { AdmissionPolicy } from "./admissionPolicy.ts";

/** Names of the rules, group by group, for which a condition holds: for the message. */
function namesOf(field: "alert" | "record", condition: string): string {
  const ofGroup = `(has(g.rules) ? g.rules : []).filter(r, ${condition}).map(r, r.${field}).join(', ')`;
  return `variables.groups.map(g, ${ofGroup}).filter(names, names != '').join(', ')`;
}

/** The literal label on a rule: one from the rule overwrites what its expression brings, and a template is no literal. */
function lacks(label: string): string {
  return `(!has(r.labels) || !('${label}' in r.labels) || r.labels['${label}'] != request.namespace)`;
}

/** A list of names in CEL. */
const listed = (names: readonly string[]) => `[${names.map((name) => `'${name}'`).join(", ")}]`;

/** A condition that no rule may fit, with the names of those that do in the message. */
function noRule(field: "alert" | "record", condition: string, message: string) {
  const bad = `has(r.${field}) && ${condition}`;
  return {
    expression: `!variables.groups.exists(g, has(g.rules) && g.rules.exists(r, ${bad}))`,
    message,
    messageExpression: `${namesOf(field, bad)} + ': ${message}'`,
  };
}

/**
 * A team's rules say whose they are: alerts are routed and inhibited by the label `namespace`, and the platform's alerts and
 * dashboards go by recorded series.
 *
 * @param reservedAlerts names of the platform's alerts
 */
export function rulePolicy(reservedAlerts: readonly string[]): AdmissionPolicy {
  return {
    kinds: [{ apiGroup: "monitoring.coreos.com", resources: ["prometheusrules"] }],
    variables: [{ name: "groups", expression: "has(object.spec.groups) ? object.spec.groups : []" }],
    validations: [
      noRule(
        "alert",
        lacks("namespace"),
        "each alert needs the label namespace with the name of its own namespace, written out: messages go by it",
      ),
      noRule("alert", `r.alert in ${listed(reservedAlerts)}`, "an alert may not have the name of one of the platform"),
      noRule(
        "record",
        "!r.record.contains(':')",
        "a recorded series needs a name with a colon, such as team:orders:rate5m: those without are scraped metrics",
      ),
      noRule(
        "record",
        "(r.record.startsWith('platform:') || r.record.startsWith('rule_group:') || r.record.startsWith('workload:'))",
        "a recorded series may not begin with platform:, rule_group: or workload:, as those do that say whether the platform and its pods work",
      ),
      noRule(
        "record",
        `r.record.startsWith('service:') && !(r.record in ${listed(ownSeries)})`,
        "of the recorded service: series, rules of a team may make those of its own objectives only",
      ),
      noRule(
        "record",
        `r.record.startsWith('service:') && ${lacks("k8s_namespace_name")}`,
        "a recorded service: series needs the label k8s_namespace_name with the name of its own namespace, written out",
      ),
    ],
  };
}
