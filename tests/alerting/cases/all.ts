import type { AlertCases } from "./alertCase.ts";
import { alertDeliveryCases } from "./alertDelivery.ts";
import { certificateCases } from "./certificates.ts";
import { collectorCases } from "./collector.ts";
import { monitoringCases } from "./monitoring.ts";
import { platformCases } from "./platform.ts";
import { serviceCases } from "./services.ts";

/** The cases by the PrometheusRule that the alerts are in. */
export const cases: Readonly<Record<"platform" | "services", AlertCases>> = {
  platform: { ...collectorCases, ...platformCases, ...certificateCases, ...monitoringCases, ...alertDeliveryCases },
  services: serviceCases,
};
