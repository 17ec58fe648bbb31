/**
 * An expression with values in the place of Grafana's variables, for whoever asks Prometheus without Grafana.
 *
 * @param values by name, such as `service` for `$service` and for `${service:regex}`; a variable that is not among them stays
 */
export function withVariables(expr: string, values: Readonly<Record<string, string>>): string {
  return expr.replaceAll(/\$(?:(\w+)|\{(\w+):(\w+)\})/g, (variable, plain?: string, formatted = "", format = "") => {
    const value = values[plain ?? String(formatted)];
    return value === undefined ? variable : format === "doublequote" ? JSON.stringify(value) : value;
  });
}
