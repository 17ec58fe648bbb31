import type { PageData } from "../model/pageData.ts";
import { lastSeconds, readRange } from "../model/range.ts";
import { addressOf, readRoute, type Route } from "../model/route.ts";
import { alertsView } from "./alertsView.ts";
import type { App, View } from "./app.ts";
import { ask } from "./ask.ts";
import { choice } from "./choice.ts";
import { dashboardView } from "./dashboardView.ts";
import { byId, element, failure } from "./dom.ts";
import { objectsView } from "./objectsView.ts";
import { onThemeChange } from "./theme.ts";
import { tracesView, traceView } from "./tracesView.ts";

/** How often the page reads what is new, while it shows a span until now. */
const REFRESH_MS = 15_000;

const views: Readonly<Record<Route["view"], (app: App) => View>> = {
  dashboard: dashboardView,
  traces: tracesView,
  trace: traceView,
  alerts: alertsView,
  objects: objectsView,
};

const content = byId("content");
const choices = byId("choices");
let shown: { route: Route; view: View } | undefined;

async function main(): Promise<void> {
  const data = await ask<PageData>("/data/page");
  const home = data.dashboards[0]?.uid ?? "";
  const route = () => readRoute(location.hash, home);
  const go = (change: Partial<Route>) => {
    location.hash = addressOf({ ...route(), ...change });
  };
  const links = data.links.map(({ label, url }) =>
    element("li", {}, element("a", { href: url, rel: "noreferrer" }, label)),
  );
  byId("links").replaceChildren(...links);
  byId("left-out").replaceChildren(...data.leftOut.map((line) => element("li", {}, line)));
  const show = () => {
    const now = route();
    const sameView = shown?.route.view === now.view && shown.route.id === now.id;
    showNavigation(data, now);
    showSpan(now, go);
    // Another span of the same view is drawn into what is there.
    if (!sameView || JSON.stringify(shown?.route.choices) !== JSON.stringify(now.choices)) {
      content.replaceChildren();
      byId("variables").replaceChildren();
      const app: App = { data, route: now, range: rangeOf(now), go, choices: byId("variables"), content };
      const view = views[now.view](app);
      document.title = `${view.title} – fluffy-observability`;
      if (shown !== undefined && !sameView) content.focus({ preventScroll: true });
      if (!sameView) scrollTo(0, 0);
      shown = { route: now, view };
    } else if (shown !== undefined) shown.route = now;
    void refresh();
  };
  addEventListener("hashchange", show);
  onThemeChange(() => void refresh());
  choices.replaceChildren(element("span", { id: "span" }), element("span", { id: "variables" }), refreshButton());
  show();
  setInterval(() => {
    if (document.visibilityState === "visible" && lastSeconds[route().span] !== undefined) void refresh();
  }, REFRESH_MS);
}

async function refresh(): Promise<void> {
  if (shown === undefined) return;
  const { view, route } = shown;
  content.setAttribute("aria-busy", "true");
  await view.refresh(rangeOf(route), route.span);
  if (shown.view !== view || shown.route.span !== route.span) return;
  content.removeAttribute("aria-busy");
  // For whoever waits for it, such as a test.
  content.dataset.drawn = location.hash;
}

function rangeOf({ span }: Route) {
  return readRange(span, Date.now() / 1000);
}

function showNavigation({ dashboards }: PageData, { view, id, span }: Route): void {
  const to = (text: string, name: Route["view"], target = "") => {
    const current = view === name && id === target;
    const href = addressOf({ view: name, id: target, span, choices: {} });
    return element("a", { href, "aria-current": current ? "page" : undefined }, text);
  };
  byId("views").replaceChildren(
    ...dashboards.map(({ title, uid }) => to(title, "dashboard", uid)),
    to("Traces", "traces"),
    to("Alerts", "alerts"),
    to("Objects", "objects"),
  );
}

function showSpan({ span }: Route, go: (change: Partial<Route>) => void): void {
  const place = byId("span");
  const options = Object.keys(lastSeconds).map((name) => [name, `last ${name}`] as const);
  const chosen = lastSeconds[span] === undefined ? [[span, describeSpan(span)] as const] : [];
  const had = place.contains(document.activeElement);
  const time = choice({
    label: "Time",
    options: [...chosen, ...options],
    chosen: span,
    onChange: (value) => {
      go({ span: value });
    },
  });
  place.replaceChildren(time);
  if (had) time.querySelector("select")?.focus();
}

function describeSpan(span: string): string {
  const { from, to } = readRange(span, Date.now() / 1000);
  return `${new Date(from * 1000).toLocaleTimeString()} to ${new Date(to * 1000).toLocaleTimeString()}`;
}

function refreshButton(): HTMLElement {
  const button = element("button", { type: "button" }, "Refresh");
  button.addEventListener("click", () => void refresh());
  return button;
}

main().catch((error: unknown) => {
  content.replaceChildren(failure(error));
});
