import { resources } from "../../catalog/names.ts";
import { UserError } from "../../cli/errors.ts";
import { during } from "../../cli/report.ts";
import { ordersApi } from "../../stacks/team-api/ordersApi.ts";
import type { Session } from "../session.ts";
import { runsTelemetry, telemetryPorts, telemetryUrls } from "../telemetry/local.ts";
import { describeTraffic, planTraffic, sendTraffic } from "../telemetry/traffic.ts";

/** Sends a mix of requests to the sample API, and to the second team's if it runs. */
export async function traffic({ options, paths, report, signal, print }: Session): Promise<void> {
  const plan = planTraffic(options.seconds, options.rate, runsTelemetry(paths, ordersApi.name));
  if (!runsTelemetry(paths, resources.sampleApi)) {
    throw new UserError('no telemetry runs: run "npm run sandbox -- up --telemetry" first');
  }
  const urls = telemetryUrls(telemetryPorts(paths));
  let result = "";
  await during(report, `sending ${plan.length} requests to ${urls.app}`, async ({ update }) => {
    const onProgress = (answers: number) => {
      update(`${answers} answered`);
    };
    result = describeTraffic(await sendTraffic(plan, urls, onProgress, signal));
  });
  print(result);
}
