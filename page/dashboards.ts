import { z } from "zod";
import { errorLine } from "../cli/errors.ts";
import { logs } from "../dashboards/kit/datasources.ts";
import type { PageData } from "./model/pageData.ts";
import type { DashboardModel } from "./model/panel.ts";

/** A dashboard as the page is given it. */
export interface GivenDashboard {
  /** What the page calls it where it cannot draw it. */
  name: string;
  /** Grafana's own model. */
  json: string;
}

// Grafana's older exports leave out the value of the first step.
const step = z.object({ value: z.number().nullable().default(null), color: z.string() });

const target = z.object({
  refId: z.string(),
  expr: z.string(),
  legendFormat: z.string().default(""),
  exemplar: z.boolean().default(false),
  maxLines: z.number().default(0),
  datasource: z.object({ type: z.string() }).optional(),
});

const columns = z.object({
  indexByName: z.record(z.string(), z.number()).default({}),
  renameByName: z.record(z.string(), z.string()).default({}),
});

const panel = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string().default(""),
  description: z.string().default(""),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(target).default([]),
  transformations: z.array(z.object({ id: z.string(), options: z.unknown() })).default([]),
  fieldConfig: z
    .object({
      defaults: z.object({
        unit: z.string().default(""),
        noValue: z.string().default("no data"),
        thresholds: z.object({ steps: z.array(step) }).optional(),
        custom: z.object({ stacking: z.object({ mode: z.string() }).optional() }).optional(),
      }),
      overrides: z
        .array(
          z.object({
            matcher: z.object({ id: z.string(), options: z.string() }),
            properties: z.array(z.object({ id: z.string(), value: z.unknown() })),
          }),
        )
        .default([]),
    })
    .default({ defaults: { unit: "", noValue: "no data" }, overrides: [] }),
});

const variable = z.object({
  type: z.string(),
  name: z.string(),
  label: z.string().default(""),
  // Of a text; a choice has an object.
  query: z.unknown(),
  definition: z.string().default(""),
  multi: z.boolean().default(false),
  hide: z.number().default(0),
});

/** Of a variable that nobody chooses. */
const hiddenVariable = 2;

const model = z.object({
  uid: z.string(),
  title: z.string(),
  description: z.string().default(""),
  templating: z.object({ list: z.array(variable).default([]) }).default({ list: [] }),
  // Grafana keeps the panels of a row that is folded inside the row.
  panels: z.array(panel.extend({ panels: z.array(panel).default([]) })),
});

/** What the page draws of dashboards. One that it cannot draw, such as a team's with panels of other sources, is a line. */
export function pageDashboards(given: readonly GivenDashboard[]): Pick<PageData, "dashboards" | "leftOut"> {
  const found: Pick<PageData, "dashboards" | "leftOut"> = { dashboards: [], leftOut: [] };
  for (const { name, json } of given) {
    try {
      found.dashboards.push(pageDashboard(json));
    } catch (error) {
      found.leftOut.push(`dashboard ${name} is not shown: ${why(error)}`);
    }
  }
  return found;
}

function why(error: unknown): string {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  return issue === undefined ? errorLine(error) : `${issue.path.join(".")}: ${issue.message}`;
}

/**
 * What the page draws of a dashboard.
 *
 * @param json Grafana's own model
 * @throws ZodError when it is none, or has what the page does not draw; SyntaxError when it is no JSON
 */
export function pageDashboard(json: string): DashboardModel {
  const { uid, title, description, templating, panels } = model.parse(JSON.parse(json));
  return {
    uid,
    title,
    description,
    variables: templating.list.map(({ multi, type, query, hide, ...each }) => ({
      ...each,
      many: multi,
      hidden: hide === hiddenVariable,
      text: type === "textbox" && typeof query === "string" ? query : "",
    })),
    panels: panels
      .flatMap(({ panels: folded, ...own }) => [own, ...folded])
      .map(({ fieldConfig: { defaults, overrides }, transformations, targets, ...each }) => {
        const organize = columns.safeParse(transformations.find(({ id }) => id === "organize")?.options ?? {}).data;
        return {
          ...each,
          targets: targets.map(({ datasource, ...query }) => ({
            ...query,
            source: datasource?.type === logs.type ? "logs" : "prometheus",
          })),
          unit: defaults.unit,
          noValue: defaults.noValue,
          steps: defaults.thresholds?.steps ?? [],
          stacked: defaults.custom?.stacking?.mode === "normal",
          overrides,
          columns: { order: organize?.indexByName ?? {}, names: organize?.renameByName ?? {} },
        };
      }),
  };
}
