import { openOperation } from "../engine/operation.ts";
import type { Session } from "../session.ts";

/** Takes into the state what the cluster has, and shows it in the engine's own words; the next `up` then repairs what somebody changed by hand. */
export async function refresh(session: Session): Promise<void> {
  const { stack, run } = await openOperation(session);
  const { stdout } = await run((watched) => stack.refresh({ ...watched, suppressOutputs: true }));
  session.print(stdout.trimEnd());
}
