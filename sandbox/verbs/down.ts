import { rmSync } from "node:fs";
import path from "node:path";
import { engineHome } from "../engine/home.ts";
import { endLeftovers } from "../engine/leftovers.ts";
import { stopSandbox } from "../stop.ts";
import type { Session } from "../session.ts";
import { stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { telemetryFolder } from "../telemetry/local.ts";

/** Stops the cluster and deletes everything that was in it, without asking anybody: the quick way to start over. */
export async function down({ paths, report, print }: Session): Promise<void> {
  await stopPrograms(telemetryFolder(paths), report);
  await endLeftovers(engineHome(paths), report);
  await stopSandbox(paths, report);
  // What is in no cluster any more.
  for (const folder of [path.join(paths.state, "engine"), telemetryFolder(paths)])
    rmSync(folder, { recursive: true, force: true });
  print("the sandbox is down");
}
