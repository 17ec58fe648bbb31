import { openOperation } from "../engine/operation.ts";
import { countLine } from "../engine/progress.ts";
import { readOutputs } from "../engine/outputs.ts";
import { hasPrometheusOperator } from "../operators/prometheusOperator.ts";
import { untilTaken } from "../operators/verdicts.ts";
import type { Session } from "../session.ts";
import { outputLines, type Summary } from "../summary.ts";

/** Applies the program, removes what is no longer part of it, and prints the outputs. */
export async function up(session: Session): Promise<Summary> {
  const { options, report, signal, print } = session;
  const { connection, stack, progress, run } = await openOperation(session);
  await run(stack.up({ onEvent: progress.take, color: "never", signal }));
  const { client } = connection;
  if (await hasPrometheusOperator(client)) await untilTaken(client, report, signal);
  const outputs = await readOutputs(connection.engine, stack.workspace.workDir, options.stack, options.showSecrets);
  print(countLine(progress.changes));
  for (const line of outputLines(outputs)) print(line);
  return { changes: progress.changes, outputs };
}
