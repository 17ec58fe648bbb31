/** Grafana's ids of the units that the dashboards use: one for each kind of number, so that it reads the same everywhere. */
export const units = {
  /** Seconds; Grafana shows milliseconds where they read better. */
  seconds: "s",
  /** Milliseconds, of metrics whose exemplars are in them too; Grafana shows seconds where they read better. */
  milliseconds: "ms",
  /** A share from 0 to 1, shown in percent. */
  ratio: "percentunit",
  requestsPerSecond: "reqps",
  /** Anything else that is counted, per second. */
  perSecond: "cps",
  bytes: "bytes",
  bytesPerSecond: "Bps",
  /** A plain number. */
  count: "short",
} as const;

/** One of the units. */
export type Unit = (typeof units)[keyof typeof units];
