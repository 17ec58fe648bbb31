import type { PrometheusRuleSpec } from "../../components/customResources/prometheusRule.ts";

/** The team's own rules, on the counter that its API shows; what holds for every service the platform's rules watch. */
export function ordersRules(): PrometheusRuleSpec {
  return {
    groups: [
      {
        name: "orders",
        rules: [
          {
            alert: "OrdersFail",
            expr: 'sum(rate(orders_total{outcome="failed"}[5m])) / sum(rate(orders_total[5m])) > 0.1',
            for: "5m",
            labels: { severity: "warning", namespace: "team-api" },
            annotations: {
              summary: "More than a tenth of the orders fail",
              description:
                "{{ $value | humanizePercentage }} of the orders failed in the last 5 minutes: is the catalogue up?",
            },
          },
        ],
      },
    ],
  };
}
