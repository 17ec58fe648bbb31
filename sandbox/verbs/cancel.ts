import { runEngine } from "../engine/command.ts";
import { prepareEngine } from "../engine/connection.ts";
import { existingStack, pulumiOf } from "../engine/workspace.ts";
import type { Session } from "../session.ts";
import { NOTHING_DONE, type Summary } from "../summary.ts";

/** Takes away the lock of the stack's run, whoever holds it: the engine's own `cancel`. */
export async function cancel(session: Session): Promise<Summary> {
  const { options, print } = session;
  const { engine, folder } = existingStack(session);
  await prepareEngine(session);
  await runEngine(pulumiOf(engine), ["cancel", "--yes", "--stack", options.stack], { cwd: folder });
  print(`stack "${options.stack}" is not locked any more`);
  return NOTHING_DONE;
}
