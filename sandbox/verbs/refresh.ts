import { openOperation } from "../engine/operation.ts";
import { countLine } from "../engine/progress.ts";
import type { Session } from "../session.ts";
import type { Summary } from "../summary.ts";

/** Takes into the state what the cluster has; the next `up` then repairs what somebody changed by hand. */
export async function refresh(session: Session): Promise<Summary> {
  const { signal, print } = session;
  const { stack, progress, run } = await openOperation(session);
  await run(stack.refresh({ onEvent: progress.take, color: "never", signal }));
  print(countLine(progress.changes));
  return { changes: progress.changes, outputs: {} };
}
