import { colorNamed } from "../model/colors.ts";
import { formatValue } from "../model/format.ts";
import {
  type Exemplar,
  type ExemplarAnswer,
  exemplarsOf,
  type Line,
  linesOf,
  newest,
  type RangeSeries,
  summaries,
} from "../model/frames.ts";
import { decimalsOf, fixedColor, type Panel, stepColor, unitOf } from "../model/panel.ts";
import type { Grid } from "../model/range.ts";
import { linesOfAnswer } from "../model/logLines.ts";
import { exemplarQuery, fill, type Filling, instantQuery, linesQuery, rangeQuery } from "../model/requests.ts";
import { tableOf } from "../model/table.ts";
import { ask, askPrometheus, askText, type Instant } from "./ask.ts";
import { clock, drawChart, drawSparkline, takeDown } from "./chart.ts";
import { element, failure, scrolling, table } from "./dom.ts";
import { drawHeatmap } from "./heatmap.ts";
import { inOrder } from "./inOrder.ts";
import { linesTable } from "./linesTable.ts";
import { theme } from "./theme.ts";

/** What a panel is drawn with. */
export interface DrawArgs {
  /** As the address says it: links keep it. */
  span: string;
  grid: Grid;
  filling: Filling;
  onSelect: (from: number, to: number) => void;
}

/** A panel on the page. */
export interface PanelView {
  root: HTMLElement;
  /** Reads its data and draws it; what fails is said in the panel. */
  draw: (args: DrawArgs) => Promise<void>;
}

/** A panel with its title; it is empty until it is drawn. */
export function panelView(panel: Panel): PanelView {
  const id = `panel-${panel.id}`;
  const body = element("div", { class: `body ${panel.type}` });
  const about = element(
    "details",
    { class: "about" },
    element("summary", { "aria-label": `About ${panel.title}` }, "i"),
  );
  about.append(element("p", {}, panel.description));
  const head = element("div", { class: "head" }, element("h3", { id }, panel.title));
  if (panel.description !== "") head.append(about);
  const root = element("section", { class: "panel", "aria-labelledby": id, "data-panel": panel.title }, head, body);
  root.style.setProperty("--span", String(panel.gridPos.w));
  const begin = inOrder();
  const draw = async (args: DrawArgs) => {
    const isDue = begin();
    root.setAttribute("aria-busy", "true");
    const fail = (error: unknown) => {
      clear(body);
      body.append(failure(error));
      return "failed" as const;
    };
    const paint = await prepare(panel, body, args).catch((error: unknown) => () => fail(error));
    if (!isDue()) return;
    try {
      root.dataset.state = paint();
    } catch (error) {
      root.dataset.state = fail(error);
    }
    root.removeAttribute("aria-busy");
  };
  return { root, draw };
}

/** What a panel shows: its data, or that there is none. */
type Drawn = "drawn" | "empty";

/** Reads the data. @returns what draws it */
async function prepare(panel: Panel, body: HTMLElement, args: DrawArgs): Promise<() => Drawn> {
  if (panel.type === "table") return prepareTable(panel, body, args);
  if (panel.type === "logs") return prepareLogLines(panel, body, args);
  const [lines, exemplars] = await read(panel, args);
  if (panel.type === "stat") return () => drawStat(panel, body, lines, args.grid);
  return () => drawGraph(panel, body, lines, exemplars, args);
}

async function read(panel: Panel, { grid, filling }: DrawArgs): Promise<[Line[], Exemplar[]]> {
  const expressions = panel.targets.map((target) => ({ target, expr: fill(target.expr, filling) }));
  const [lines, answers] = await Promise.all([
    Promise.all(
      expressions.map(async ({ target, expr }) =>
        linesOf(target, await askPrometheus<RangeSeries[]>(rangeQuery(target, expr, grid)), grid),
      ),
    ),
    Promise.all(
      expressions.map(async ({ target, expr }) => {
        const query = exemplarQuery(target, expr, grid);
        return query === undefined ? [] : (await ask<{ data: ExemplarAnswer }>(query)).data;
      }),
    ),
  ]);
  return [lines.flat(), exemplarsOf(answers.flat())];
}

function drawGraph(panel: Panel, body: HTMLElement, lines: Line[], exemplars: Exemplar[], args: DrawArgs): Drawn {
  const told = summaries(lines);
  if (told.length === 0) return nothing(panel, body);
  const number = (value: number, name: string) => formatValue(value, unitOf(panel, name));
  const said = told
    .slice(0, 8)
    .map(({ name, newest: value, most }) => `${name} ${number(value, name)}, at most ${number(most, name)}`);
  let place = body.querySelector<HTMLElement>(":scope > .chart");
  if (place === null) {
    clear(body);
    place = element("div", { class: "chart", role: "img" });
    body.append(place);
  }
  place.setAttribute(
    "aria-label",
    `${panel.title}: ${said.join("; ")}${told.length > 8 ? `; and ${told.length - 8} more` : ""}`,
  );
  if (panel.type === "heatmap") drawHeatmap(place, { lines, exemplars, grid: args.grid, unit: panel.unit });
  else drawChart(place, { panel, lines, exemplars, grid: args.grid, onSelect: args.onSelect });
  const values = element("details", { class: "values" }, element("summary", {}, "Values"));
  // Made when it is opened: most are not.
  values.addEventListener("toggle", () => {
    if (!values.open || values.children.length > 1) return;
    const rows = told.map(({ name, newest: value, least, most }) => [
      name,
      ...[value, least, most].map((each) => number(each, name)),
    ]);
    values.append(
      scrolling(`Values of ${panel.title}`, table(panel.title, ["Series", "Newest", "Least", "Most"], rows)),
    );
    if (exemplars.length === 0) return;
    const links = exemplars.map(({ time, value, trace }) =>
      element(
        "li",
        {},
        element("a", { href: `#/trace/${trace}` }, `${clock(time)}, ${formatValue(value, panel.unit)}`),
      ),
    );
    values.append(element("p", {}, "Traces of single requests:"), element("ul", { class: "traces" }, ...links));
  });
  body.querySelector(":scope > .values")?.remove();
  body.append(values);
  return "drawn";
}

function drawStat(panel: Panel, body: HTMLElement, lines: Line[], grid: Grid): Drawn {
  const filled = lines.filter((line) => newest(line) !== undefined);
  if (filled.length === 0) return nothing(panel, body);
  clear(body);
  filled.forEach((line, index) => {
    const value = newest(line) ?? 0;
    const name = fixedColor(panel, line.name) ?? stepColor(panel.steps, value) ?? "";
    const color = colorNamed(name, theme());
    const text = formatValue(value, unitOf(panel, line.name), decimalsOf(panel, line.name));
    const big = element("p", { class: index === 0 ? "big" : "below" }, text);
    if (filled.length > 1) big.append(" ", element("small", {}, line.name));
    if (color !== undefined) big.style.color = color;
    body.append(big);
    if (index > 0) return;
    const place = element("div", { class: "chart sparkline", "aria-hidden": "true" });
    body.append(place);
    drawSparkline(place, line, grid, color ?? colorNamed("blue", theme()) ?? "");
  });
  return "drawn";
}

async function prepareTable(panel: Panel, body: HTMLElement, { grid, filling, span }: DrawArgs): Promise<() => Drawn> {
  const answers = await Promise.all(
    panel.targets.map(({ expr }) => askPrometheus<Instant>(instantQuery(fill(expr, filling), grid))),
  );
  const { headers, rows } = tableOf(panel, answers, span);
  if (rows.length === 0) return () => nothing(panel, body);
  return () => {
    clear(body);
    const cells = rows.map((row) =>
      row.map(({ text, color, href }) => {
        const cell = href === undefined ? element("span", {}, text) : element("a", { href }, text);
        const named = colorNamed(color ?? "", theme());
        if (named !== undefined) cell.style.color = named;
        return cell;
      }),
    );
    body.append(scrolling(panel.title, table(panel.title, headers, cells)));
    return "drawn";
  };
}

async function prepareLogLines(panel: Panel, body: HTMLElement, { grid, filling }: DrawArgs): Promise<() => Drawn> {
  const answers = panel.targets.map((target) => askText(linesQuery(target, fill(target.expr, filling), grid)));
  const lines = (await Promise.all(answers)).flatMap(linesOfAnswer);
  if (lines.length === 0) return () => nothing(panel, body);
  return () => {
    clear(body);
    body.append(scrolling(panel.title, linesTable(panel.title, lines)));
    return "drawn";
  };
}

function nothing(panel: Panel, body: HTMLElement): Drawn {
  clear(body);
  body.append(element("p", { class: "nothing" }, panel.noValue));
  return "empty";
}

function clear(body: HTMLElement): void {
  for (const place of body.querySelectorAll<HTMLElement>(".chart")) takeDown(place);
  body.replaceChildren();
}
