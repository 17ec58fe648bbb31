import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  type AnnotationQuery,
  DashboardBuilder,
  DashboardCursorSync,
  type DashboardLinkBuilder,
  type Panel,
  RowBuilder,
  type VariableModel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { folders } from "./folders.ts";
import { dashboardTag, otherDashboards } from "./links.ts";

/** Panels below a heading, from left to right and on to the next line. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Builder<Panel>[];
}

/** What a dashboard needs. */
export interface DashboardArgs {
  /** Never changes: links, and people's bookmarks, lead to it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly folder: keyof typeof folders;
  /** @default - none */
  readonly variables?: readonly Builder<VariableModel>[];
  /** Links next to that to the other dashboards. @default - none */
  readonly links?: readonly DashboardLinkBuilder[];
  /** Marks in every graph. @default - none */
  readonly annotations?: readonly AnnotationQuery[];
  readonly rows: readonly Row[];
}

/** A dashboard and where it belongs. */
export interface FolderDashboard {
  readonly uid: string;
  readonly title: string;
  readonly folder: keyof typeof folders;
  /** The dashboard as Grafana's own model. */
  readonly dashboard: object;
}

/** A dashboard with what all of them share: time zone, time range, refresh, links to each other, stable panel ids. */
export function dashboard(args: DashboardArgs): FolderDashboard {
  // The older of Grafana's two models: the one that the operator hands to Grafana from `spec.json`.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const builder = new DashboardBuilder(args.title)
    .uid(args.uid)
    .description(args.description)
    .tags([dashboardTag])
    .timezone("browser")
    .time({ from: "now-1h", to: "now" })
    .refresh("30s")
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .variables([...(args.variables ?? [])])
    .links([otherDashboards, ...(args.links ?? [])]);
  for (const { title, panels } of args.rows) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(unplaced(panel));
  }
  for (const annotation of args.annotations ?? []) builder.annotation({ build: () => annotation });
  const built = builder.build();
  const { uid, title, folder } = args;
  return {
    uid,
    title,
    folder,
    dashboard: {
      ...built,
      // Without a placement the links stand at the top, not in a menu that is folded away.
      links: built.links?.map((link) => ({ ...link, placement: undefined })),
      panels: built.panels?.map((panel, index) => ({ ...panel, id: index + 1 })),
    },
  };
}

/** The panel without its place: the builder keeps the one that it had in the dashboard that was made before. */
function unplaced(panel: Builder<Panel>): Builder<Panel> {
  return {
    build: () => {
      const { gridPos, ...built } = panel.build();
      return { ...built, ...(gridPos ? { gridPos: { ...gridPos, x: 0, y: 0 } } : {}) };
    },
  };
}
