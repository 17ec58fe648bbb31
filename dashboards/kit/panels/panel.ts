import type { Unit } from "../units.ts";

/** What every panel has. */
export interface PanelArgs {
  /** One of a kind in its dashboard. */
  readonly title: string;
  /** What it shows, and what to think of it. Grafana shows it behind the panel's `i`. */
  readonly description: string;
  readonly unit: Unit;
  /** Columns of 24. @default 8, a quarter for one number */
  readonly width?: number;
  /** Rows of the grid. @default - that of its kind */
  readonly height?: number;
}

/** Rows of the grid that a panel of each kind is high. */
export const heights = { stat: 4, graph: 8, table: 9 } as const;

/** Columns of a panel that does not say its own. */
export const defaultWidth = 8;
