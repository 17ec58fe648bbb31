import { hasPrometheusOperator } from "../operators/prometheusOperator.ts";
import { untilTaken } from "../operators/verdicts.ts";
import { Deployment } from "../runner/deployment.ts";
import { keepSecretOutputs, showOutputs } from "../runner/outputs.ts";
import { runProgram } from "../runner/program.ts";
import { removeEntries } from "../runner/removal.ts";
import { withMirror } from "../mirror.ts";
import { lazyConnection, type Session } from "../session.ts";
import { readProject } from "../stackFile.ts";
import { countLine, outputLines, type Summary } from "../summary.ts";

/** Applies the program, removes what is no longer part of it, and prints the outputs. */
export async function up(session: Session): Promise<Summary> {
  const { options, report, signal, folder, rows, print } = session;
  const { project, notes } = await withMirror(readProject(folder, options.stack, options), session);
  const connect = lazyConnection(session, project.name, notes);
  const scope = `${project.name}.${options.stack}`;
  const deployment = new Deployment({ connect, report, folder, scope, dryRun: false, signal, rows });
  const marked = await runProgram(project, options.stack, false, (resource) => deployment.register(resource));

  const connection = await connect();
  const { inventory, client } = connection;
  const former = inventory.entries.filter((entry) => entry.run !== inventory.run);
  await removeEntries(former, connection, report, signal, rows);
  if (await hasPrometheusOperator(client)) await untilTaken(client, report, signal);
  await keepSecretOutputs(client, scope, marked);
  inventory.outputs = showOutputs(marked, false);

  const outputs = showOutputs(marked, options.showSecrets);
  print(countLine(rows));
  for (const line of outputLines(outputs)) print(line);
  return { rows, outputs };
}
