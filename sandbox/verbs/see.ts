import path from "node:path";
import { resources } from "../../catalog/names.ts";
import { ordersApi } from "../../stacks/team-api/ordersApi.ts";
import { writeFileAtomically } from "../../cli/files.ts";
import type { Session } from "../session.ts";
import { runsTelemetry, telemetryPorts, telemetryUrls } from "../telemetry/local.ts";
import { logStoreProgram } from "../telemetry/victoriaLogs.ts";
import { renderPage } from "../../page/page.ts";
import { describeView, readView } from "../../page/see.ts";

/** Shows the newest trace of the APIs that run and their figures, in the terminal or as a page. */
export async function see({ options, paths, print }: Session): Promise<void> {
  const services = [...(runsTelemetry(paths, ordersApi.name) ? [ordersApi.name] : []), resources.sampleApi];
  const { logs, ...urls } = telemetryUrls(telemetryPorts(paths));
  const view = await readView({ ...urls, logs: runsTelemetry(paths, logStoreProgram) ? logs : undefined }, services);
  for (const line of describeView(view)) print(line);
  if (options.html !== undefined) {
    const file = path.resolve(options.html);
    writeFileAtomically(file, renderPage(view));
    print(`page ${file}`);
  }
}
