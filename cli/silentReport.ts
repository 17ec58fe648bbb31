import type { Report } from "./report.ts";

const nothing = () => undefined;

/** A report that says nothing. */
export const silentReport: Report = {
  note: nothing,
  activity: () => ({ update: nothing, done: nothing, fail: nothing, drop: nothing }),
};
