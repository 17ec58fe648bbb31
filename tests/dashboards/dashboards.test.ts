import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";
import { logs, prometheus } from "../../dashboards/kit/datasources.ts";
import { folders } from "../../dashboards/kit/folders.ts";
import { dashboards } from "../../dashboards/index.ts";
import { dashboardTag } from "../../dashboards/kit/links.ts";
import { dashboardUids } from "../../catalog/dashboards.ts";
import { units } from "../../dashboards/kit/units.ts";
import { modelOf, type PanelModel } from "../support/panels.ts";
import { contentVariants, variants } from "../../review/program/variants.ts";

describe("the dashboards", () => {
  it("have the uids that links and bookmarks lead to", () => {
    assert.deepEqual(
      dashboards(parseSettings({})).map(({ uid, title, folder }) => [uid, title, folder]),
      [
        ["fluffy-api", "API", "applications"],
        ["fluffy-services", "Services", "applications"],
        ["fluffy-collector", "Collector", "platform"],
        ["fluffy-platform", "Platform", "platform"],
        ["fluffy-workloads", "Workloads", "applications"],
        ["fluffy-nodes", "Nodes", "platform"],
        ["fluffy-logs", "Logs", "applications"],
      ],
    );
  });

  it("share no uid with a folder", () => {
    const uids = [...Object.values(dashboardUids), ...Object.values(folders).map(({ uid }) => uid)];
    assert.equal(new Set(uids).size, uids.length);
    // Grafana's limit.
    for (const uid of uids) assert.match(uid, /^[\w-]{1,40}$/);
  });

  it("are the same every time", () => {
    const made = () => JSON.stringify(dashboards(parseSettings({})));
    assert.equal(made(), made());
  });

  for (const [variant, config] of Object.entries({ ...variants, ...contentVariants })) {
    describe(`with ${variant}`, () => {
      const models = dashboards(parseSettings(config)).map(modelOf);
      const shown = models.flatMap(({ panels }) => panels.filter(({ type }) => type !== "row"));

      it("have every title once, and ids in order", () => {
        for (const { panels } of models) {
          const titles = panels.map(({ title }) => title);
          assert.deepEqual(titles, [...new Set(titles.filter((title) => title !== ""))]);
          assert.deepEqual(
            panels.map(({ id }) => id),
            panels.map((_, index) => index + 1),
          );
        }
      });

      it("have a description and known units on every panel", () => {
        const known = new Set<unknown>(Object.values(units));
        for (const panel of shown) {
          assert.match(panel.description ?? "", /^[A-Z0-9].*\.$/, panel.title);
          assert.ok(panel.type === "logs" || unitsOf(panel).length > 0, panel.title);
          for (const unit of unitsOf(panel)) assert.ok(known.has(unit), `${panel.title}: ${String(unit)}`);
        }
      });

      it("say of every panel of span metrics, and of no other, that they are sampled", () => {
        for (const { title, description = "", targets = [] } of shown) {
          const fromSpans = targets.some(({ expr = "" }) => expr.includes("traces_span_metrics"));
          assert.equal(description.includes("sampled spans"), fromSpans, title);
        }
      });

      it("ask Prometheus or VictoriaLogs, name every series, and use no variable that is not there", () => {
        for (const { panels, templating } of models) {
          const variables = new Set(["__rate_interval", ...(templating.list ?? []).map(({ name }) => name)]);
          for (const { title, type, targets = [] } of panels.filter((panel) => panel.type !== "row")) {
            assert.ok(targets.length > 0, title);
            for (const { expr = "", datasource, legendFormat = "" } of targets) {
              assert.ok([prometheus, logs].some(({ type, uid }) => datasource.type === type && datasource.uid === uid));
              for (const [, name = ""] of expr.matchAll(/\$\{?(\w+)/g))
                assert.ok(variables.has(name), `${title}: ${name}`);
              assert.ok(type === "table" || type === "logs" || legendFormat !== "", title);
              checkLegend(title, legendFormat, expr);
            }
          }
        }
      });

      it("lie in full lines, no panel over another", () => {
        for (const { panels } of models) checkLayout(panels);
      });

      it("share time zone, tag and links", () => {
        for (const { timezone, tags, links } of models) {
          assert.equal(timezone, "browser");
          assert.deepEqual(tags, [dashboardTag]);
          assert.ok(links.some(({ type, tags: linked }) => type === "dashboards" && linked.includes(dashboardTag)));
        }
      });
    });
  }

  it("leave out what the stack does not install", () => {
    const titles = (config: Readonly<Record<string, string>>) =>
      dashboards(parseSettings(config)).flatMap((made) => modelOf(made).panels.map(({ title }) => title));
    const all = titles({});
    for (const [parts, row] of [
      ["certManager", "cert-manager"],
      ["clusterMetrics", "Use of each pod"],
      ["clusterMetrics", "Each node"],
      ["logs", "Newest errors"],
      ["grafana", "Grafana"],
      ["jaeger", "Jaeger"],
    ] as const) {
      assert.ok(all.includes(row));
      const elsewhere = {
        jaeger: JSON.stringify({ endpoint: "jaeger.example.org:4317", url: "https://j.example.org" }),
      };
      const config = { parts: JSON.stringify({ [parts]: false }), ...(parts === "jaeger" ? elsewhere : {}) };
      assert.ok(!titles(config).includes(row));
    }
  });
});

/** The unit of a graph, or of the columns of a table. */
function unitsOf({ fieldConfig }: PanelModel): unknown[] {
  const columns = fieldConfig?.overrides.flatMap(({ properties }) => properties) ?? [];
  const unit = fieldConfig?.defaults.unit;
  return [
    ...(unit === undefined ? [] : [unit]),
    ...columns.filter(({ id }) => id === "unit").map(({ value }) => value),
  ];
}

/** A label in the name of a series must be one that the expression keeps. */
function checkLegend(panel: string, legend: string, expr: string): void {
  for (const [, label = ""] of legend.matchAll(/\{\{([\w.]+)\}\}/g)) {
    const kept = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, labels = ""]) => labels.split(/, */));
    assert.ok(kept.includes(label), `${panel}: ${label} is not among ${kept.join(", ")}`);
  }
}

function checkLayout(panels: readonly PanelModel[]): void {
  const taken = new Set<string>();
  for (const { title, gridPos } of panels) {
    assert.ok(gridPos.x + gridPos.w <= 24, title);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        assert.ok(!taken.has(`${x} ${y}`), `${title} lies over another`);
        taken.add(`${x} ${y}`);
      }
    }
  }
  for (const y of new Set(panels.map(({ gridPos }) => gridPos.y))) {
    const line = panels.filter(({ gridPos }) => gridPos.y === y);
    const width = line.reduce((sum, { gridPos }) => sum + gridPos.w, 0);
    assert.equal(width, 24, line[0]?.title);
  }
}
