/**
 * An expression with values in the place of Grafana's variables, for whoever asks Prometheus without Grafana.
 *
 * @param values by name, such as `service` for `$service`; a variable that is not among them stays
 */
export function withVariables(expr: string, values: Readonly<Record<string, string>>): string {
  return expr.replaceAll(/\$(\w+)/g, (variable, name: string) => values[name] ?? variable);
}
