import type { Session } from "../session.ts";
import { NOTHING_DONE, type Summary } from "../summary.ts";
import { runsOrdersApi, telemetryPorts, telemetryUrls } from "../telemetry/local.ts";
import { describeTraffic, planTraffic, sendTraffic } from "../telemetry/traffic.ts";

/** Sends a mix of requests to the sample API, and to the second team's if it runs. */
export async function traffic({ options, paths, report, signal, print }: Session): Promise<Summary> {
  const plan = planTraffic(options.seconds, options.rate, runsOrdersApi(paths));
  const urls = telemetryUrls(telemetryPorts(paths));
  const activity = report.activity(`sending ${plan.length} requests to ${urls.app}`);
  try {
    const onProgress = (answers: number) => {
      activity.update(`${answers} answered`);
    };
    const result = await sendTraffic(plan, urls, onProgress, signal);
    activity.done();
    print(describeTraffic(result));
  } catch (error) {
    activity.fail();
    throw error;
  }
  return NOTHING_DONE;
}
