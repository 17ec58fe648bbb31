import { openOperation } from "../engine/operation.ts";
import type { Session } from "../session.ts";

/** Shows what `up` would do, in the engine's own words; changes nothing. */
export async function preview(session: Session): Promise<void> {
  const { stack, run } = await openOperation(session);
  const { stdout } = await run((watched) => stack.preview({ ...watched, diff: true }));
  session.print(stdout.trimEnd());
}
