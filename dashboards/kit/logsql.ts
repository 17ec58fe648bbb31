/** Pieces of LogsQL, the query language of VictoriaLogs. Names of Grafana's variables carry how they are written, else the plug-in guesses. */

/** The lines of the chosen namespaces, services and pods. */
export const chosenLines =
  '{k8s.namespace.name=~"${namespace:regex}", service.name=~"${service:regex}", k8s.pod.name=~${pod:doublequote}}';

/** Those of severity error and above. */
export const errorLines = `${chosenLines} severity_number:>=17`;

/** Lines per second, for each value of fields. */
export function lineRate(filter: string, by: readonly string[]): string {
  return `${filter} | stats by (${by.join(", ")}) rate() lines`;
}
