import type { AlertCases } from "./alertCase.ts";
import { alertDeliveryCases } from "./alertDelivery.ts";
import { certificateCases } from "./certificates.ts";
import { collectorCases } from "./collector.ts";
import type { testedSubjects } from "../../support/promtool.ts";
import { monitoringCases } from "./monitoring.ts";
import { nodeCases } from "./nodes.ts";
import { platformCases } from "./platform.ts";
import { remoteWriteCases } from "./remoteWrite.ts";
import { serviceCases } from "./services.ts";
import { workloadCases } from "./workloads.ts";

/** The cases by the PrometheusRule that the alerts are in. */
export const cases: Readonly<Record<(typeof testedSubjects)[number], AlertCases>> = {
  platform: {
    ...collectorCases,
    ...platformCases,
    ...certificateCases,
    ...monitoringCases,
    ...remoteWriteCases,
    ...alertDeliveryCases,
  },
  services: serviceCases,
  cluster: { ...workloadCases, ...nodeCases },
};
