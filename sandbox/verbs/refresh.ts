import { openOperation } from "../engine/operation.ts";
import { countLine } from "../engine/progress.ts";
import type { Session } from "../session.ts";

/** Takes into the state what the cluster has; the next `up` then repairs what somebody changed by hand. */
export async function refresh(session: Session): Promise<void> {
  const { stack, run } = await openOperation(session);
  await run((watched) => stack.refresh(watched));
  session.print(countLine(session.changes));
}
