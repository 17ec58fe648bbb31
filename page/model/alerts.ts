/** A group of alerting rules as Prometheus gives it. */
export interface RuleGroup {
  rules: {
    name: string;
    state: string;
    health: string;
    lastError?: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    alerts?: {
      labels: Record<string, string>;
      annotations: Record<string, string>;
      state: string;
      activeAt?: string;
    }[];
  }[];
}

/** An alert that fires or is about to, or a rule that does neither. */
export interface AlertRow {
  name: string;
  state: string;
  severity: string;
  summary: string;
  /** Since when; empty for one that is not active. */
  since: string;
  /** Address of what to do about it; empty without one. */
  href: string;
  /** Where that is written, such as a path of this repository, if it is no address; else empty. */
  runbook: string;
  /** What it is of: the labels that tell it from others of its rule. */
  of: string;
}

const order = ["error", "firing", "pending", "inactive"];

/** All alerts, those that fire first; a rule that cannot be evaluated comes before all. */
export function alertRows(groups: readonly RuleGroup[]): AlertRow[] {
  const rows = groups.flatMap(({ rules }) =>
    rules.flatMap((rule): AlertRow[] => {
      const runbook = rule.annotations?.runbook_url ?? "";
      const opens = /^https?:\/\//.test(runbook);
      const common = {
        name: rule.name,
        severity: rule.labels?.severity ?? "",
        ...(opens ? { href: runbook, runbook: "" } : { href: "", runbook }),
      };
      const quiet = { ...common, since: "", of: "" };
      if (rule.health === "err") return [{ ...quiet, state: "error", summary: rule.lastError ?? "" }];
      const alerts = rule.alerts ?? [];
      if (alerts.length === 0)
        return [{ ...quiet, state: "inactive", summary: plain(rule.annotations?.summary ?? "") }];
      return alerts.map(({ labels, annotations, state, activeAt }) => ({
        ...common,
        state,
        severity: labels.severity ?? common.severity,
        summary: annotations.summary ?? "",
        since: activeAt ?? "",
        of: Object.entries(labels)
          .filter(([name]) => name !== "alertname" && name !== "severity")
          .map(([name, value]) => `${name}=${value}`)
          .join(", "),
      }));
    }),
  );
  return rows.toSorted(
    (a, b) =>
      order.indexOf(a.state) - order.indexOf(b.state) || a.name.localeCompare(b.name) || a.of.localeCompare(b.of),
  );
}

/** A text for an alert that is not there has no values to fill in. */
function plain(template: string): string {
  return template.replaceAll(/\{\{[^}]*\}\}/g, "…");
}
