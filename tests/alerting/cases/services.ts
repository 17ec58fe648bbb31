import type { AlertCases } from "./alertCase.ts";
import { manySeries, overLimit } from "./services/overLimit.ts";
import { errorLogs } from "./services/errorLogs.ts";
import { errorBudget } from "./services/errorBudget.ts";
import { longGap } from "./services/longGap.ts";
import { lastKnown } from "./services/lastKnown.ts";
import { latencyBudget } from "./services/latencyBudget.ts";
import { latencyUnknown } from "./services/latencyUnknown.ts";
import { metricsMissing } from "./services/metricsMissing.ts";
import { objectiveWithoutData } from "./services/objectiveWithoutData.ts";
import { oddDurations, oddErrors } from "./services/oddSeries.ts";
import { requestsStopped } from "./services/requestsStopped.ts";
import { telemetryMissing } from "./services/telemetryMissing.ts";

export const serviceCases: AlertCases = {
  ServiceErrorBudgetBurn: [...errorBudget, ...lastKnown, ...longGap, ...oddErrors],
  ServiceLatencyBudgetBurn: [...latencyBudget, ...oddDurations],
  ServiceTelemetryMissing: telemetryMissing,
  ServiceRequestsStopped: requestsStopped,
  ServiceMetricsMissing: metricsMissing,
  ServiceLatencyUnknown: latencyUnknown,
  ServiceObjectiveWithoutData: objectiveWithoutData,
  ServiceSeriesOverLimit: overLimit,
  ServiceSeriesMany: manySeries,
  ServiceErrorLogs: errorLogs,
};
