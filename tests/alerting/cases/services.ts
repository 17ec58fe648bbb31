import type { AlertCases } from "./alertCase.ts";
import { errorBudget } from "./services/errorBudget.ts";
import { lastKnown } from "./services/lastKnown.ts";
import { latencyBudget } from "./services/latencyBudget.ts";
import { latencyUnknown } from "./services/latencyUnknown.ts";
import { metricsMissing } from "./services/metricsMissing.ts";
import { requestsStopped } from "./services/requestsStopped.ts";
import { telemetryMissing } from "./services/telemetryMissing.ts";

export const serviceCases: AlertCases = {
  ServiceErrorBudgetBurn: [...errorBudget, ...lastKnown],
  ServiceLatencyBudgetBurn: latencyBudget,
  ServiceTelemetryMissing: telemetryMissing,
  ServiceRequestsStopped: requestsStopped,
  ServiceMetricsMissing: metricsMissing,
  ServiceLatencyUnknown: latencyUnknown,
};
