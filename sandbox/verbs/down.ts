import { rmSync } from "node:fs";
import path from "node:path";
import { engineHome } from "../engine/home.ts";
import { endLeftovers } from "../engine/leftovers.ts";
import { stopSandbox } from "../stop.ts";
import type { Session } from "../session.ts";
import { programStatus, stopPrograms } from "../processes/startPrograms.ts";
import { NOTHING_DONE, type Summary } from "../summary.ts";

/** Stops the cluster and deletes everything that was in it, without asking anybody: the quick way to start over. */
export async function down({ paths, report, print }: Session): Promise<Summary> {
  const telemetry = path.join(paths.state, "telemetry");
  if (programStatus(telemetry).length > 0) await stopPrograms(telemetry, report);
  await endLeftovers(engineHome(paths), report);
  await stopSandbox(paths, report);
  // What is in no cluster any more.
  for (const folder of ["engine", "telemetry"])
    rmSync(path.join(paths.state, folder), { recursive: true, force: true });
  print("the sandbox is down");
  return NOTHING_DONE;
}
