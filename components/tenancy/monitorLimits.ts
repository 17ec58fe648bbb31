import type { MonitorLimits } from "../customResources/monitors.ts";

/** The most that a team's monitor may allow itself: well above what an honest one brings. */
export const highestMonitorLimits = {
  sampleLimit: 50_000,
  targetLimit: 200,
  labelLimit: 64,
  bodySizeLimit: "50MB",
} as const satisfies MonitorLimits;

/** Limits for a monitor of an ordinary API: several times of what its metrics are. */
export const usualMonitorLimits: MonitorLimits = {
  sampleLimit: 10_000,
  targetLimit: 50,
  labelLimit: 32,
  bodySizeLimit: "10MB",
};
