import { openOperation } from "../engine/operation.ts";
import { countLine } from "../engine/progress.ts";
import { readOutputs } from "../engine/outputs.ts";
import { hasPrometheusOperator } from "../operators/prometheusOperator.ts";
import { untilTaken } from "../operators/verdicts.ts";
import { programStatus } from "../../cli/daemons/startPrograms.ts";
import { ensureTools } from "../programs/tools.ts";
import type { Session } from "../session.ts";
import { closingLines } from "../summary.ts";
import { telemetryFolder } from "../telemetry/local.ts";
import { telemetryTools } from "../telemetry/programs.ts";

/** Applies the program, removes what is no longer part of it, and says what is there then and where to look. */
export async function up(session: Session): Promise<void> {
  const { options, paths, report, signal, print } = session;
  const { connection, stack, run } = await openOperation(session);
  // Needed only when the stack is up: whoever starts them waits for them, and is told of a failure.
  if (options.telemetry) ensureTools(telemetryTools, paths, report).catch(() => undefined);
  await run((watched) => stack.up(watched));
  const { client, cluster, engine } = connection;
  if (await hasPrometheusOperator(client)) await untilTaken(client, report, signal);
  if (options.json) session.outputs = await readOutputs(engine, stack.workspace.workDir, options);
  const programs = () => programStatus(telemetryFolder(paths));
  if (options.telemetry) await (await import("./telemetry.ts")).renewTelemetry(session);
  else if (programs().length > 0) await (await import("./telemetry.ts")).keepTelemetry(session);
  const running = programs().filter((program) => program.running);
  for (const line of closingLines(countLine(session.changes), cluster, running)) print(line);
}
