import { watchdog } from "../../rules/monitoringAlerts.ts";
import type { AlertmanagerConfigSpec, AlertRoute, Matcher } from "../customResources/alertmanagerConfig.ts";
import type { Settings } from "../settings.ts";
import { namespaces } from "../names.ts";
import { alertReceiver, nobody } from "./receivers.ts";

/**
 * Who is told of which alerts, as a pure function of the settings: the base of Alertmanager's configuration, to which the
 * operator adds the AlertmanagerConfigs of teams.
 */
export function alertmanagerConfigSpec(settings: Settings["alertmanager"]): AlertmanagerConfigSpec {
  const { receivers, routes, deadMansSwitch } = settings;
  return {
    route: {
      receiver: nobody,
      // One message for what belongs together: all pods of a namespace that have the same problem.
      groupBy: ["alertname", "namespace", "service_name"],
      groupWait: "30s",
      groupInterval: "5m",
      repeatInterval: "4h",
      routes: [watchdogRoute(deadMansSwitch === "" ? nobody : deadMansSwitch), ...routes.map(alertRoute)],
    },
    receivers: [
      { name: nobody },
      ...Object.entries(receivers).map(([name, receiver]) => alertReceiver(name, receiver)),
    ],
    inhibitRules: [
      // Who is told that it is critical need not hear that it is also a warning.
      inhibit(
        [equal("severity", "critical")],
        [equal("severity", "warning")],
        // `name` is that of a certificate.
        ["alertname", "namespace", "service_name", "name"],
      ),
      // A part that is away altogether explains that it cannot be scraped.
      inhibit([match("alertname", ".+Unavailable")], [equal("alertname", "TargetDown")], ["namespace", "job"]),
      // The collector's pods are scraped twice: their own metrics are one job, those of the applications the other.
      inhibit(
        [equal("alertname", "CollectorUnavailable")],
        [equal("alertname", "TargetDown"), equal("job", "otel-collector")],
        ["namespace"],
      ),
      // Without the platform's collector no service is heard. All others stay within one namespace: a team silences no other.
      inhibit(
        [equal("alertname", "CollectorUnavailable"), equal("namespace", namespaces.observability)],
        [equal("alertname", "ServiceTelemetryMissing")],
        [],
      ),
    ],
  };
}

/** The watchdog goes to one receiver only, soon and again and again. */
function watchdogRoute(receiver: string): AlertRoute {
  return {
    receiver,
    matchers: [equal("alertname", watchdog)],
    groupWait: "0s",
    groupInterval: "1m",
    repeatInterval: "5m",
  };
}

function alertRoute({ receiver, severities, namespaces: own }: Settings["alertmanager"]["routes"][number]): AlertRoute {
  return {
    receiver,
    matchers: [
      match("severity", severities.join("|")),
      ...(own.length === 0 ? [] : [match("namespace", own.join("|"))]),
    ],
    // An alert goes to every receiver that it fits.
    continue: true,
  };
}

function inhibit(sourceMatch: Matcher[], targetMatch: Matcher[], labels: string[]) {
  return { sourceMatch, targetMatch, equal: labels };
}

function equal(name: string, value: string): Matcher {
  return { name, value, matchType: "=" };
}

function match(name: string, value: string): Matcher {
  return { name, value, matchType: "=~" };
}
