import type { PrometheusRuleSpec } from "../../components/customResources/prometheusRule.ts";
import { ordersCounter, teamNamespace } from "./ordersApi.ts";

/** The team's own rules, on the counter that its API shows; what holds for every service the platform's rules watch. */
export function ordersRules(): PrometheusRuleSpec {
  return {
    groups: [
      {
        name: "orders",
        rules: [
          {
            alert: "OrdersFail",
            expr: `${rate('outcome="failed"')} / ${rate()} > 0.1`,
            for: "5m",
            labels: { severity: "warning", namespace: teamNamespace },
            annotations: {
              summary: "More than a tenth of the orders fail",
              description:
                "{{ $value | humanizePercentage }} of the orders failed in the last 5 minutes: is the catalogue up?",
              runbook_url: "stacks/team-api/runbook.md#ordersfail",
            },
          },
        ],
      },
    ],
  };
}

/** Orders per second, of the whole API. */
function rate(matcher?: string): string {
  const matchers = [ordersCounter.matcher, ...(matcher === undefined ? [] : [matcher])].join(",");
  return `sum(rate(${ordersCounter.name}{${matchers}}[5m]))`;
}
