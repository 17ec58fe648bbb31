import { sameIdentity } from "../inventory.ts";
import { deletion, Deployment, previewLines } from "../runner/deployment.ts";
import { showOutputs } from "../runner/outputs.ts";
import { runProgram } from "../runner/program.ts";
import { withMirror } from "../mirror.ts";
import { lazyConnection, type Session } from "../session.ts";
import { readProject } from "../stackFile.ts";
import { countRows, type Summary } from "../summary.ts";

/** Shows what `up` would do, as the API server sees it; changes nothing. */
export async function preview(session: Session): Promise<Summary> {
  const { options, report, signal, folder, rows, print } = session;
  const { project, notes } = await withMirror(readProject(folder, options.stack, options), session);
  const connect = lazyConnection(session, project.name, notes);
  const scope = `${project.name}.${options.stack}`;
  const deployment = new Deployment({ connect, report, folder, scope, dryRun: true, signal, rows });
  const marked = await runProgram(project, options.stack, true, (resource) => deployment.register(resource));

  const { inventory } = await connect();
  const kept = deployment.identities;
  const gone = inventory.entries.filter(({ identity }) => !kept.some((other) => sameIdentity(identity, other)));
  rows.push(...gone.map(deletion));
  for (const line of rows.flatMap(previewLines)) print(line);
  const { created, updated, deleted, unchanged } = countRows(rows);
  const parts = [`${created} to create`, `${updated} to update`, `${deleted} to delete`];
  const toChange = parts.filter((part) => !part.startsWith("0 ")).join(", ");
  print(`${toChange === "" ? "0 to change" : toChange}, ${unchanged} unchanged`);
  return { rows, outputs: showOutputs(marked, options.showSecrets) };
}
