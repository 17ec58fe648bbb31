import type { Settings } from "../components/settings.ts";
import { cardinalityAlerts } from "./cardinalityAlerts.ts";
import { collectorAlerts } from "./collectorAlerts.ts";
import { logAlerts } from "./logAlerts.ts";
import { monitoringAlerts } from "./monitoringAlerts.ts";
import { platformAlerts } from "./platformAlerts.ts";
import type { RuleGroup } from "./rule.ts";
import { serviceAlerts } from "./serviceAlerts.ts";
import { serviceRecording } from "./serviceRecording.ts";

/**
 * All rules of the stack, as a pure function of its settings: by the name of the PrometheusRule that holds them.
 *
 * @param settings the checked settings
 */
export function platformRules(settings: Settings): Readonly<Record<"platform" | "services", RuleGroup[]>> {
  return {
    platform: [collectorAlerts(settings), ...platformAlerts(settings), monitoringAlerts()],
    services: [
      ...serviceRecording(settings.slo),
      ...serviceAlerts(),
      ...cardinalityAlerts(),
      ...(settings.parts.logs ? [logAlerts()] : []),
    ],
  };
}
