import type { DashboardModel } from "./panel.ts";

/** What the page gets from its server when it is opened. */
export interface PageData {
  dashboards: DashboardModel[];
  /** A line for each dashboard that the page cannot draw. */
  leftOut: string[];
  /** Seconds between two scrapes. */
  scrapeSeconds: number;
  /** The programs' own pages. */
  links: { label: string; url: string }[];
  /** What the server can read besides metrics and traces. */
  has: { logs: boolean; objects: boolean };
}
