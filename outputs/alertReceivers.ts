import type { Settings } from "../settings/read.ts";

/**
 * Which receiver gets which alerts, in a line for each: for the stack's outputs.
 *
 * @param settings the checked settings
 * @returns lines by the name of the receiver; one line under `none` where there is no receiver
 */
export function alertReceivers({
  receivers,
  routes,
  deadMansSwitch,
}: Settings["alertmanager"]): Record<string, string> {
  if (Object.keys(receivers).length === 0) {
    return { none: "alerts are sent nowhere: Alertmanager and Prometheus only show them; set alertmanager.receivers" };
  }
  const entries = Object.entries(receivers).map(([name, { type }]): [string, string] => {
    const alerts = [
      ...routes
        .filter(({ receiver }) => receiver === name)
        .map(
          ({ severities, namespaces }) =>
            `${severities.join(" and ")} in ${namespaces.length === 0 ? "all namespaces" : namespaces.join(", ")}`,
        ),
      ...(deadMansSwitch === name ? ["dead man's switch"] : []),
    ];
    return [name, `${type}: ${alerts.join("; ")}`];
  });
  return Object.fromEntries(entries);
}
