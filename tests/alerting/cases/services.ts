import type { AlertCases } from "./alertCase.ts";
import { overLimit } from "./services/overLimit.ts";
import { errorBudget } from "./services/errorBudget.ts";
import { latencyBudget } from "./services/latencyBudget.ts";
import { telemetryMissing } from "./services/telemetryMissing.ts";

export const serviceCases: AlertCases = {
  ServiceErrorBudgetBurn: errorBudget,
  ServiceLatencyBudgetBurn: latencyBudget,
  ServiceTelemetryMissing: telemetryMissing,
  ServiceSeriesOverLimit: overLimit,
};
