import { runEngine } from "../engine/command.ts";
import { existingStack } from "../engine/connection.ts";
import { pulumiOf } from "../engine/home.ts";
import type { Session } from "../session.ts";

/** Takes away the lock of the stack's run, whoever holds it: the engine's own `cancel`. */
export async function cancel(session: Session): Promise<void> {
  const { options, print } = session;
  const { engine, folder } = await existingStack(session);
  await runEngine(pulumiOf(engine), ["cancel", "--yes", "--stack", options.stack], { cwd: folder });
  print(`stack "${options.stack}" is not locked any more`);
}
