import { openOperation } from "../engine/operation.ts";
import { countLine } from "../engine/progress.ts";
import { readOutputs } from "../engine/outputs.ts";
import { hasPrometheusOperator } from "../operators/prometheusOperator.ts";
import { untilTaken } from "../operators/verdicts.ts";
import { ensureTools } from "../programs/tools.ts";
import type { Session } from "../session.ts";
import { outputLines, type Summary } from "../summary.ts";
import { telemetryTools } from "../telemetry/programs.ts";

/** Applies the program, removes what is no longer part of it, and prints the outputs. */
export async function up(session: Session): Promise<Summary> {
  const { options, paths, report, signal, print } = session;
  const { connection, stack, progress, run } = await openOperation(session);
  // Needed only when the stack is up: whoever starts them waits for them, and is told of a failure.
  if (options.telemetry) ensureTools(telemetryTools, paths, report).catch(() => undefined);
  await run(stack.up({ onEvent: progress.take, color: "never", signal }));
  const { client } = connection;
  if (await hasPrometheusOperator(client)) await untilTaken(client, report, signal);
  const outputs = await readOutputs(connection.engine, stack.workspace.workDir, options.stack, options.showSecrets);
  print(countLine(progress.changes));
  for (const line of outputLines(outputs)) print(line);
  return { changes: progress.changes, outputs };
}
