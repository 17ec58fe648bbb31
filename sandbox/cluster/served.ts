import { UserError } from "../../cli/errors.ts";
import { poll } from "../../cli/poll.ts";

/** A kind of objects in one of its versions, as `monitoring.coreos.com/v1`. */
export interface ServedKind {
  apiVersion: string;
  kind: string;
}

/** The API server serves a kind, and publishes its schema, a moment after it has taken its CRD. */
const TIMEOUT_MS = 60_000;
/** A group's schemas may be megabytes. */
const PAUSE_MS = 200;

/**
 * Waits until the API server serves kinds whose CRDs it has.
 *
 * @throws UserError naming a kind that it does not come to serve
 */
export async function untilServed(
  kinds: readonly ServedKind[],
  isServed: (kind: ServedKind) => Promise<boolean>,
): Promise<void> {
  for (const kind of kinds) {
    if (!(await poll(() => isServed(kind), TIMEOUT_MS, PAUSE_MS)))
      throw new UserError(`the API server has the CRD of ${kind.kind} (${kind.apiVersion}) but does not serve it`);
  }
}
