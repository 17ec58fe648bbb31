import { type DashboardModel, rowsOf } from "../model/panel.ts";
import { gridOf, type Range } from "../model/range.ts";
import { type Choices, type Filling, valuesQuery } from "../model/requests.ts";
import type { App, View } from "./app.ts";
import { ask } from "./ask.ts";
import { choice, textChoice } from "./choice.ts";
import { element } from "./dom.ts";
import { inOrder } from "./inOrder.ts";
import { type PanelView, panelView } from "./panelView.ts";

/** A dashboard with its choices and all of its panels. */
export function dashboardView(app: App): View {
  const { data, route } = app;
  const model = data.dashboards.find(({ uid }) => uid === route.id);
  if (model === undefined) {
    app.content.append(element("p", { role: "alert" }, `There is no dashboard "${route.id}".`));
    return { title: "No such dashboard", refresh: () => Promise.resolve() };
  }
  const panels: PanelView[] = [];
  app.content.append(
    element("h1", {}, model.title),
    element("p", { class: "lead" }, model.description),
    ...rowsOf(model.panels).map(({ title, panels: inRow }) => {
      const views = inRow.map(panelView);
      panels.push(...views);
      const grid = element("div", { class: "grid" }, ...views.map(({ root }) => root));
      // What stands above the first heading has none.
      if (title === "") return grid;
      return element("section", { "aria-label": title }, element("h2", {}, title), grid);
    }),
  );
  const variables = element("span", { class: "variables" });
  app.choices.append(variables);
  /** What the panels were drawn for. */
  let drawn: Choices | undefined;
  const begin = inOrder();
  const refresh = async (range: Range, span: string) => {
    const isDue = begin();
    const grid = gridOf(range, data.scrapeSeconds);
    const fillingOf = (choices: Choices): Filling => ({
      ...{ choices, variables: model.variables },
      ...{ scrape: data.scrapeSeconds, step: grid.step },
    });
    const onSelect = (from: number, to: number) => {
      app.go({ span: `${Math.floor(from)}-${Math.ceil(to)}` });
    };
    const draw = (choices: Choices) =>
      Promise.all(panels.map((panel) => panel.draw({ span, grid, filling: fillingOf(choices), onSelect })));
    // Another span seldom has other choices: the panels do not wait for them.
    const early = drawn === undefined ? undefined : draw(drawn);
    const offered = await readChoices(model, fillingOf(drawn ?? route.choices), range);
    if (!isDue()) return;
    showChoices(app, model, variables, offered);
    await early;
    if (JSON.stringify(drawn) !== JSON.stringify(offered.choices)) await draw(offered.choices);
    drawn = offered.choices;
  };
  return { title: model.title, refresh };
}

interface Offered {
  choices: Choices;
  values: Record<string, readonly string[]>;
}

/** What can be chosen, one variable after the other: each may depend on those before it. */
async function readChoices({ variables }: DashboardModel, filling: Filling, range: Range): Promise<Offered> {
  const offered: Offered = { choices: filling.choices, values: {} };
  for (const variable of variables) {
    const query = valuesQuery(variable, { ...filling, choices: offered.choices }, range);
    // What fails is said by the panels, which ask the same source.
    const found =
      query === undefined
        ? []
        : await ask<{ data: string[] }>(query).then(
            ({ data }) => data,
            () => [],
          );
    offered.values[variable.name] = found;
    const [first] = found;
    if (!variable.many && (offered.choices[variable.name] ?? []).length === 0 && first !== undefined) {
      offered.choices = { ...offered.choices, [variable.name]: [first] };
    }
  }
  return offered;
}

function showChoices(app: App, { variables }: DashboardModel, place: HTMLElement, { choices, values }: Offered): void {
  // Whoever is in the middle of a choice keeps it.
  if (place.contains(document.activeElement)) return;
  const shown = variables.filter(({ hidden }) => !hidden);
  place.replaceChildren(
    ...shown.map(({ name, label, many, definition, text }) => {
      const chosen = choices[name] ?? [];
      const onChange = (value: string) => {
        app.go({ choices: { ...app.route.choices, [name]: value === "" ? [] : [value] } });
      };
      if (definition === "") return textChoice(label || name, chosen[0] ?? text, onChange);
      const options = (values[name] ?? []).map((value) => [value, value] as const);
      return choice({
        label: label || name,
        options: many ? [["", "All"], ...options] : options,
        chosen: chosen.length > 1 ? chosen.join(", ") : (chosen[0] ?? ""),
        onChange,
      });
    }),
  );
}
