import { prepareEngine } from "../engine/connection.ts";
import { readOutputs } from "../engine/outputs.ts";
import { existingStack } from "../engine/workspace.ts";
import { UserError } from "../../cli/errors.ts";
import { commandLine } from "../options.ts";
import type { Session } from "../session.ts";
import { NOTHING_DONE, outputLines, type Summary } from "../summary.ts";

/** Prints what the last `up` gave. */
export async function outputs(session: Session): Promise<Summary> {
  const { options, print } = session;
  const { engine, folder } = existingStack(session);
  await prepareEngine(session);
  const all = await readOutputs(engine, folder, options.stack, options.showSecrets);
  if (Object.keys(all).length === 0) {
    throw new UserError(`stack "${options.stack}" has no outputs: run "${commandLine("up", options)}"`);
  }
  // No pod of this cluster answers.
  const working = Object.entries(all).filter(([name]) => !/portForwards?$/i.test(name));
  for (const line of outputLines(Object.fromEntries(working))) print(line);
  return { ...NOTHING_DONE, outputs: all };
}
