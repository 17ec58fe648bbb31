import { type AlertRow, alertRows, type RuleGroup } from "../model/alerts.ts";
import type { App, View } from "./app.ts";
import { ask } from "./ask.ts";
import { element, failure, scrolling, table } from "./dom.ts";

const looks: Readonly<Record<string, string>> = { firing: "bad", error: "bad", pending: "warn", inactive: "good" };

/** The alerts of Prometheus with their state, those that fire first. */
export function alertsView({ content }: App): View {
  const list = element("div");
  content.append(element("h1", {}, "Alerts"), list);
  const refresh = async () => {
    try {
      const { data } = await ask<{ data: { groups: RuleGroup[] } }>("/prometheus/api/v1/rules?type=alert");
      const rows = alertRows(data.groups);
      const count = (state: string) => rows.filter((row) => row.state === state).length;
      list.replaceChildren(
        element(
          "p",
          { role: "status" },
          `${count("firing")} firing, ${count("pending")} pending, ${count("inactive")} inactive`,
        ),
        scrolling("Alerts", table("Alerts", ["State", "Alert", "Severity", "Of", "Since", "Summary"], rows.map(cells))),
      );
    } catch (error) {
      list.replaceChildren(failure(error));
    }
  };
  return { title: "Alerts", refresh };
}

function cells({ state, name, severity, of, since, summary, href, runbook }: AlertRow): (Node | string)[] {
  const link = href === "" ? name : element("a", { href, rel: "noreferrer" }, name);
  const title = runbook === "" ? link : element("span", {}, link, element("br"), element("small", {}, runbook));
  const started = since === "" ? "" : new Date(since).toLocaleString();
  return [element("span", { class: looks[state] }, state), title, severity, of, started, summary];
}
