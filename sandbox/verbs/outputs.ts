import { existingStack } from "../engine/connection.ts";
import { readOutputs } from "../engine/outputs.ts";
import { UserError } from "../../cli/errors.ts";
import { commandLine } from "../options.ts";
import type { Session } from "../session.ts";
import { outputLines } from "../summary.ts";

/** Prints what the last `up` gave. */
export async function outputs(session: Session): Promise<void> {
  const { options, print } = session;
  const { engine, folder } = await existingStack(session);
  session.outputs = await readOutputs(engine, folder, options);
  if (Object.keys(session.outputs).length === 0) {
    throw new UserError(`stack "${options.stack}" has no outputs: run "${commandLine("up", options)}"`);
  }
  // No pod of this cluster answers.
  const working = Object.entries(session.outputs).filter(([name]) => !/portForwards?$/i.test(name));
  for (const line of outputLines(Object.fromEntries(working))) print(line);
}
