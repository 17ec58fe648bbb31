import { watchdog } from "../../rules/monitoringAlerts.ts";
import type { AlertmanagerConfigSpec, AlertRoute, Matcher } from "../customResources/alertmanagerConfig.ts";
import { withoutNamespace } from "../../rules/serviceLabels.ts";
import { jobs, namespaces as ownNamespaces } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";
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
      inhibit(
        [match("alertname", ".+Unavailable")],
        [match("alertname", "TargetDown|TargetsMissing")],
        ["namespace", "job"],
      ),
      // The collector's pods are scraped twice: their own metrics are one job, those of the applications the other.
      inhibit(
        [equal("alertname", "CollectorUnavailable")],
        [
          match("alertname", "TargetDown|TargetsMissing|ApplicationMetricsUnavailable"),
          equal("job", jobs.applications),
        ],
        ["namespace"],
      ),
      // Without the platform's collector, or the way of their metrics, no service is heard. All others stay within one namespace: a team
      // silences no other.
      inhibit(
        [
          match("alertname", "CollectorUnavailable|ApplicationMetricsUnavailable"),
          equal("namespace", ownNamespaces.observability),
        ],
        [
          match(
            "alertname",
            "ServiceTelemetryMissing|ServiceRequestsStopped|ServiceMetricsMissing|ServiceLatencyUnknown|ServiceObjectiveWithoutData",
          ),
        ],
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

/** Who is told of the platform is also told of a service that says no namespace: it is nobody else's. */
function alertRoute({ receiver, severities, namespaces }: Settings["alertmanager"]["routes"][number]): AlertRoute {
  const told = namespaces.includes(ownNamespaces.observability) ? [...namespaces, withoutNamespace] : namespaces;
  return {
    receiver,
    matchers: [
      match("severity", severities.join("|")),
      ...(told.length === 0 ? [] : [match("namespace", told.join("|"))]),
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
