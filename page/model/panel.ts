/** A query of a panel, as Grafana's model has it. */
export interface Target {
  refId: string;
  source: "prometheus" | "logs";
  expr: string;
  /** Name of the series, with labels such as `{{http_route}}`. */
  legendFormat: string;
  /** Whether points that lead to traces belong to it. */
  exemplar: boolean;
  /** Of a list of log lines: how many at most. */
  maxLines: number;
}

/** Where a value changes its colour; the first step has no value. */
export interface Step {
  value: number | null;
  color: string;
}

/** What a field's values look like, for all fields or for those that a matcher names. */
export interface Override {
  matcher: { id: string; options: string };
  properties: { id: string; value?: unknown }[];
}

/** A panel, as far as the page draws it. */
export interface Panel {
  id: number;
  /** row, timeseries, stat, table, heatmap or logs. */
  type: string;
  title: string;
  description: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: Target[];
  unit: string;
  noValue: string;
  steps: Step[];
  stacked: boolean;
  overrides: Override[];
  /** Of a table: its columns, by what Prometheus or Grafana calls them. */
  columns: { order: Record<string, number>; names: Record<string, string> };
}

/** A choice among the values of a label, or a text. */
export interface Variable {
  name: string;
  label: string;
  /** Such as `label_values(up, job)`; empty for a text. */
  definition: string;
  /** A text before it is changed. */
  text: string;
  /** Several at once, or all of them. */
  many: boolean;
  /** Nobody chooses it: a link needs it. */
  hidden: boolean;
}

/** A dashboard, as far as the page draws it. */
export interface DashboardModel {
  uid: string;
  title: string;
  description: string;
  variables: Variable[];
  panels: Panel[];
}

/** The panels below each heading; those above the first have an empty one. */
export function rowsOf(panels: readonly Panel[]): { title: string; panels: Panel[] }[] {
  const rows: { title: string; panels: Panel[] }[] = [{ title: "", panels: [] }];
  for (const panel of panels) {
    if (panel.type === "row") rows.push({ title: panel.title, panels: [] });
    else rows.at(-1)?.panels.push(panel);
  }
  return rows.filter(({ title, panels: inRow }) => title !== "" || inRow.length > 0);
}

/** The value of a property that an override gives a field; undefined when none does. */
export function overridden(panel: Panel, field: string, property: string): unknown {
  const fits = ({ matcher }: Override) =>
    matcher.id === "byRegexp" ? regexp(matcher.options).test(field) : matcher.options === field;
  return panel.overrides
    .filter(fits)
    .flatMap(({ properties }) => properties)
    .findLast(({ id }) => id === property)?.value;
}

/** The unit of a series or column. */
export function unitOf(panel: Panel, field: string): string {
  const unit = overridden(panel, field, "unit");
  return typeof unit === "string" ? unit : panel.unit;
}

/** How many decimals the values of a series or column have; undefined where the panel does not say. */
export function decimalsOf(panel: Panel, field: string): number | undefined {
  const decimals = overridden(panel, field, "decimals");
  return typeof decimals === "number" ? decimals : undefined;
}

/** The colour's name that the panel fixes for a series; undefined when the page may choose. */
export function fixedColor(panel: Panel, field: string): string | undefined {
  const color = overridden(panel, field, "color") as { fixedColor?: string } | undefined;
  return color?.fixedColor;
}

/** The colour's name of the highest step that the value reaches; undefined without steps. */
export function stepColor(steps: readonly Step[], value: number): string | undefined {
  return steps.findLast((step) => step.value === null || value >= step.value)?.color;
}

/** Grafana writes a regular expression with or without slashes. */
function regexp(text: string): RegExp {
  return new RegExp(/^\/(.*)\/$/.exec(text)?.[1] ?? text);
}
