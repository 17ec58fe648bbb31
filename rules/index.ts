import type { Settings } from "../settings/read.ts";
import { cardinalityAlerts } from "./cardinalityAlerts.ts";
import { collectorAlerts } from "./collectorAlerts.ts";
import { logAlerts } from "./logAlerts.ts";
import { monitoringAlerts } from "./monitoringAlerts.ts";
import { nodeAlerts } from "./nodeAlerts.ts";
import { platformAlerts } from "./platformAlerts.ts";
import type { RuleGroup } from "./rule.ts";
import { serviceAlerts } from "./serviceAlerts.ts";
import { serviceRecording } from "./serviceRecording.ts";
import { workloadAlerts } from "./workloadAlerts.ts";
import { workloadPods } from "./workloadPods.ts";

/** Rules by the PrometheusRule that holds them. Those of the cluster are there with metrics of it only. */
type PlatformRules = Readonly<Record<"platform" | "services", RuleGroup[]> & { cluster?: RuleGroup[] }>;

/**
 * All rules of the stack, as a pure function of its settings: by the name of the PrometheusRule that holds them.
 *
 * @param settings the checked settings
 */
export function platformRules(settings: Settings): PlatformRules {
  return {
    platform: [collectorAlerts(settings), ...platformAlerts(settings), monitoringAlerts()],
    services: [
      ...serviceRecording(settings.slo),
      ...serviceAlerts(settings.slo),
      ...cardinalityAlerts(),
      ...(settings.parts.logs ? [logAlerts()] : []),
    ],
    ...(settings.parts.clusterMetrics ? { cluster: [workloadPods(), workloadAlerts(), nodeAlerts()] } : {}),
  };
}
