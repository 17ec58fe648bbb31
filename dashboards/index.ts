import type { Settings } from "../components/settings.ts";
import { apiDashboard } from "./api.ts";
import { collectorDashboard } from "./collector.ts";
import type { FolderDashboard } from "./dashboard.ts";
import { platformDashboard } from "./platform.ts";
import { servicesDashboard } from "./services.ts";

/** The dashboards of the stack, for the parts that the settings install. */
export function dashboards(settings: Settings): FolderDashboard[] {
  return [apiDashboard(), servicesDashboard(), collectorDashboard(settings.collector), platformDashboard(settings)];
}
