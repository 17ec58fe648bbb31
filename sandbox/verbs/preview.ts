import { openOperation } from "../engine/operation.ts";
import type { Session } from "../session.ts";
import type { Summary } from "../summary.ts";

/** Shows what `up` would do, in the engine's own words; changes nothing. */
export async function preview(session: Session): Promise<Summary> {
  const { signal, print } = session;
  const { stack, progress, run } = await openOperation(session);
  const { stdout } = await run(stack.preview({ onEvent: progress.take, diff: true, color: "never", signal }));
  print(stdout.trimEnd());
  return { changes: progress.changes, outputs: {} };
}
