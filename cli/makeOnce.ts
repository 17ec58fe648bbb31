import { existsSync } from "node:fs";
import { lockFile } from "./lockFile.ts";
import { type Activity, during, type Report } from "./report.ts";

/** A file or folder of the cache that is made when it is first asked for. */
export interface CachedThing {
  /** Its absolute path. It appears whole or not at all. */
  path: string;
  /** File of the lock that its maker holds. */
  lock: string;
  /** What is done, for people, e.g. "building etcd (1 of 3)". */
  label: string;
  /** The same of another process that is at it, e.g. "builds it". */
  othersDo: string;
}

/** What this process is at, by its path. */
const underWay = new Map<string, Promise<void>>();

/** Makes what is not there yet; any number of processes, and of callers in one, may ask for it at once. */
export function makeOnce(
  thing: CachedThing,
  report: Report,
  make: (activity: Activity) => Promise<void>,
): Promise<void> {
  const own =
    underWay.get(thing.path) ??
    makeLocked(thing, report, make).finally(() => {
      underWay.delete(thing.path);
    });
  underWay.set(thing.path, own);
  return own;
}

function makeLocked(
  { path, lock, label, othersDo }: CachedThing,
  report: Report,
  make: (activity: Activity) => Promise<void>,
): Promise<void> {
  return during(report, label, async (activity) => {
    const held = await lockFile(lock, ({ pid }) => {
      activity.update(`waiting for process ${pid}, which ${othersDo}`);
    });
    try {
      if (!existsSync(path)) await make(activity);
    } finally {
      held.release();
    }
  });
}
