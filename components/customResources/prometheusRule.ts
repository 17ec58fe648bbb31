/** `spec` of a `monitoring.coreos.com/v1` PrometheusRule, with the fields that this stack sets. */
export interface PrometheusRuleSpec {
  groups: {
    name: string;
    interval?: string;
    rules: {
      record?: string;
      alert?: string;
      expr: string;
      for?: string;
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
    }[];
  }[];
}
