import { z } from "zod";
import type { FolderDashboard } from "../../dashboards/kit/dashboard.ts";
import { withVariables } from "../../dashboards/withVariables.ts";
import { getJson } from "../../sandbox/page/http.ts";

/** A value at a time, in seconds since 1970. */
export interface Point {
  readonly time: number;
  readonly value: number;
}

/** A graph of a dashboard and its data. */
export interface PanelData {
  readonly title: string;
  readonly unit: string;
  readonly stacked: boolean;
  /** Fixed colours by a regular expression of the series' names. */
  readonly colors: Readonly<Record<string, string>>;
  readonly series: readonly { readonly name: string; readonly points: readonly Point[] }[];
  /** Single requests whose traces Jaeger has. */
  readonly exemplars: readonly Point[];
}

/** Where the data comes from, and of what time. */
export interface DataSource {
  /** URL of Prometheus. */
  readonly prometheus: string;
  /** In seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Seconds between two points. */
  readonly step: number;
  /** Values for Grafana's variables. */
  readonly variables: Readonly<Record<string, string>>;
}

const target = z.object({ expr: z.string(), legendFormat: z.string(), exemplar: z.boolean().default(false) });

const panel = z.object({
  title: z.string(),
  type: z.literal("timeseries"),
  targets: z.array(target),
  fieldConfig: z.object({
    defaults: z.object({
      unit: z.string(),
      custom: z.object({ stacking: z.object({ mode: z.string() }).optional() }).optional(),
    }),
    overrides: z.array(
      z.object({
        matcher: z.object({ options: z.string() }),
        properties: z.array(z.object({ value: z.object({ fixedColor: z.string() }) })),
      }),
    ),
  }),
});

const range = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])) }),
    ),
  }),
});

const exemplarList = z.object({
  data: z.array(z.object({ exemplars: z.array(z.object({ value: z.string(), timestamp: z.number() })) })),
});

/**
 * Reads the data of one graph.
 *
 * @throws when the dashboard has no graph of that title.
 */
export async function readPanel(
  { dashboard, title: of }: Pick<FolderDashboard, "dashboard" | "title">,
  title: string,
  source: DataSource,
): Promise<PanelData> {
  const { panels } = z.object({ panels: z.array(z.unknown()) }).parse(JSON.parse(JSON.stringify(dashboard)));
  const found = panels.map((each) => panel.safeParse(each).data).find((each) => each?.title === title);
  if (!found) throw new Error(`the dashboard "${of}" has no graph "${title}"`);
  const { targets, fieldConfig } = found;
  const { unit, custom } = fieldConfig.defaults;
  return {
    title,
    unit,
    stacked: custom?.stacking?.mode === "normal",
    colors: Object.fromEntries(
      fieldConfig.overrides.map(({ matcher, properties }) => [matcher.options, properties[0]?.value.fixedColor ?? ""]),
    ),
    series: (await Promise.all(targets.map((each) => readSeries(each, source)))).flat(),
    exemplars: (await Promise.all(targets.map((each) => readExemplars(each, source)))).flat(),
  };
}

async function readSeries(
  { expr, legendFormat }: z.infer<typeof target>,
  { prometheus, from, to, step, variables }: DataSource,
): Promise<PanelData["series"]> {
  const query = new URLSearchParams({ query: withVariables(expr, variables), ...times(from, to), step: String(step) });
  const { data } = range.parse(await getJson(`${prometheus}/api/v1/query_range?${query.toString()}`));
  return data.result.map(({ metric, values }) => ({
    name: legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? ""),
    points: values
      .map(([time, value]) => ({ time, value: Number(value) }))
      .filter(({ value }) => Number.isFinite(value)),
  }));
}

async function readExemplars(
  { expr, exemplar }: z.infer<typeof target>,
  { prometheus, from, to, variables }: DataSource,
): Promise<Point[]> {
  if (!exemplar) return [];
  const query = new URLSearchParams({ query: withVariables(expr, variables), ...times(from, to) });
  const { data } = exemplarList.parse(await getJson(`${prometheus}/api/v1/query_exemplars?${query.toString()}`));
  return data.flatMap(({ exemplars }) =>
    exemplars.map(({ timestamp, value }) => ({ time: timestamp, value: Number(value) })),
  );
}

function times(from: number, to: number): { start: string; end: string } {
  return { start: String(from), end: String(to) };
}
