import { existsSync } from "node:fs";
import { engineHome } from "../engine/home.ts";
import { openOperation } from "../engine/operation.ts";
import { countLine } from "../engine/progress.ts";
import { stateFile } from "../engine/states.ts";
import type { Session } from "../session.ts";
import { readProject } from "../../settings/stackFile.ts";
import { remainderLine, remains } from "../../recovery/remains.ts";
import { project as platform } from "../../settings/parse.ts";
import { programStatus, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { shellQuote } from "../../catalog/shellQuote.ts";
import { telemetryFolder } from "../telemetry/local.ts";

/** Removes everything that the stack has in the cluster, and the stack; prints what is left, such as CRDs that are kept. */
export async function destroy(session: Session): Promise<void> {
  const { options, paths, report, folder, print } = session;
  const { name } = readProject(folder, options.stack, options);
  if (!existsSync(stateFile(engineHome(paths), name, options.stack))) {
    print(`stack "${options.stack}" has nothing in this sandbox`);
    return;
  }
  const { stack, run, connection } = await openOperation(session);
  await run((watched) => stack.destroy({ ...watched, remove: true }));
  // Without the platform there is nothing that it could be configured from; without another project there is less of it.
  const telemetry = telemetryFolder(paths);
  const isPlatform = name === platform;
  if (isPlatform) await stopPrograms(telemetry, report);
  else if (programStatus(telemetry).length > 0) await (await import("./telemetry.ts")).keepTelemetry(session);
  print(countLine(session.changes));
  // The stack of a team, in whose cluster the platform stays, has left nothing of this.
  if (isPlatform) {
    const kubectl = `kubectl --kubeconfig ${shellQuote(connection.cluster.kubeconfig)}`;
    const left = await remains(({ apiVersion, kind }) => connection.client.list(apiVersion, kind), kubectl);
    for (const each of left) print(`left: ${remainderLine(each)}`);
    session.details = { remains: left };
  }
}
