import { hasLogStore } from "../catalog/endpoints.ts";
import type { Settings } from "../settings/read.ts";
import { apiDashboard } from "./api.ts";
import { collectorDashboard } from "./collector.ts";
import type { FolderDashboard } from "./kit/dashboard.ts";
import { logsDashboard } from "./logs.ts";
import { nodesDashboard } from "./nodes.ts";
import { platformDashboard } from "./platform.ts";
import { servicesDashboard } from "./services.ts";
import { workloadsDashboard } from "./workloads.ts";

/** The dashboards of the stack, for the parts that the settings install. */
export function dashboards(settings: Settings): FolderDashboard[] {
  const { clusterMetrics } = settings.parts;
  const logs = hasLogStore(settings);
  return [
    apiDashboard({ pods: clusterMetrics, logs }),
    servicesDashboard({ pods: clusterMetrics, logs }),
    collectorDashboard(settings.collector),
    platformDashboard(settings),
    ...(clusterMetrics ? [workloadsDashboard(logs), nodesDashboard()] : []),
    ...(logs ? [logsDashboard(clusterMetrics)] : []),
  ];
}
