import { z } from "zod";
import type { FolderDashboard } from "../../dashboards/kit/dashboard.ts";
import { logs, prometheus } from "../../dashboards/kit/datasources.ts";
import { withVariables } from "../../dashboards/withVariables.ts";

const target = z.object({
  refId: z.string(),
  expr: z.string().optional(),
  exemplar: z.boolean().optional(),
  legendFormat: z.string().optional(),
  datasource: z.object({ type: z.string(), uid: z.string() }),
});

const panel = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  description: z.string().optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(target).optional(),
  fieldConfig: z
    .object({
      defaults: z.object({ unit: z.string().optional(), min: z.number().optional() }),
      overrides: z.array(
        z.object({
          matcher: z.object({ id: z.string(), options: z.string() }),
          properties: z.array(z.object({ id: z.string(), value: z.unknown() })),
        }),
      ),
    })
    .optional(),
});

const model = z.object({
  uid: z.string(),
  title: z.string(),
  timezone: z.string(),
  tags: z.array(z.string()),
  links: z.array(z.object({ type: z.string(), url: z.string().optional(), tags: z.array(z.string()) })),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), type: z.string(), definition: z.string().optional() })).optional(),
  }),
  panels: z.array(panel),
});

/** A panel as Grafana gets it, as far as tests look at it. */
export type PanelModel = z.infer<typeof panel>;

/** A dashboard as Grafana gets it, as far as tests look at it. */
export function modelOf({ dashboard }: Pick<FolderDashboard, "dashboard">): z.infer<typeof model> {
  return model.parse(JSON.parse(JSON.stringify(dashboard)));
}

/** An expression and what it is of. */
export interface Expression {
  readonly where: string;
  readonly expr: string;
}

/** The expressions of PromQL of all panels and of the choices at the top, with Grafana's variables filled in. */
export function dashboardExpressions(dashboards: readonly FolderDashboard[]): Expression[] {
  return dashboards.map(modelOf).flatMap(({ title, panels, templating }) => [
    ...panels.flatMap((each) => queriesOf(title, each, prometheus.type)),
    ...(templating.list ?? [])
      .filter(({ type }) => type === "query")
      .map(({ name, definition = "" }) => ({
        where: `${title} / variable ${name}`,
        expr: filledIn(/^label_values\((.*), \w+\)$/.exec(definition)?.[1] ?? ""),
      })),
  ]);
}

/** The queries in LogsQL of all panels, with Grafana's variables filled in; of all services. */
export function dashboardLogQueries(dashboards: readonly FolderDashboard[]): Expression[] {
  return dashboards
    .map(modelOf)
    .flatMap(({ title, panels }) => panels.flatMap((each) => queriesOf(title, each, logs.type, ".*")));
}

function queriesOf(
  dashboard: string,
  { title, targets = [] }: PanelModel,
  source: string,
  service?: string,
): Expression[] {
  return targets
    .filter(({ datasource }) => datasource.type === source)
    .map(({ refId, expr = "" }) => ({ where: `${dashboard} / ${title} / ${refId}`, expr: filledIn(expr, service) }));
}

/** An expression with the values that Grafana would put in for its variables. */
export function filledIn(expr: string, service = "python-api"): string {
  return withVariables(expr, {
    __rate_interval: "1m",
    namespace: ".*",
    service,
    route: ".*",
    workload: ".*",
    pod: ".*",
    pods: ".*",
  });
}

const builtPanel = z.looseObject({
  type: z.string(),
  targets: z.array(z.looseObject({ refId: z.string(), expr: z.string() })),
  options: z.record(z.string(), z.unknown()).optional(),
  transformations: z.array(z.object({ id: z.string(), options: z.record(z.string(), z.unknown()) })).optional(),
  fieldConfig: z.object({
    defaults: z.record(z.string(), z.unknown()),
    overrides: z.array(
      z.object({ matcher: z.object({ id: z.string(), options: z.string() }), properties: z.unknown() }),
    ),
  }),
});

/** A single panel as Grafana gets it. */
export function built(panel: { build(): unknown }): z.infer<typeof builtPanel> {
  return builtPanel.parse(JSON.parse(JSON.stringify(panel.build())));
}
