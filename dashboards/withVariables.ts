/**
 * An expression with values in the place of Grafana's variables, for whoever asks Prometheus without Grafana. Texts stand
 * between quotes there, their own or those of `doublequote`, so that a value's quotes and backslashes are escaped, once.
 *
 * @param values as they are, by name, such as `service` for `$service` and for `${service:regex}`; a variable that is not among them stays
 */
export function withVariables(expr: string, values: Readonly<Record<string, string>>): string {
  return expr.replaceAll(/\$(?:(\w+)|\{(\w+):(\w+)\})/g, (variable, plain?: string, formatted = "", format = "") => {
    const value = values[plain ?? String(formatted)];
    if (value === undefined) return variable;
    const quoted = JSON.stringify(value);
    return format === "doublequote" ? quoted : quoted.slice(1, -1);
  });
}
