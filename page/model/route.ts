import { defaultSpan } from "./range.ts";
import type { Choices } from "./requests.ts";

/** What the page shows, as its address says it: `#/<view>/<id>?span=15m&<variable>=<value>`. */
export interface Route {
  view: "dashboard" | "traces" | "trace" | "alerts" | "objects";
  /** Of a dashboard or a trace. */
  id: string;
  /** As `readRange` reads it. */
  span: string;
  choices: Choices;
}

const views: readonly Route["view"][] = ["dashboard", "traces", "trace", "alerts", "objects"];

/**
 * Reads the part of the address after `#`.
 *
 * @param home the dashboard that is shown where the address names no view
 */
export function readRoute(hash: string, home: string): Route {
  const [path = "", search = ""] = hash.replace(/^#?\/?/, "").split("?");
  const [view, id = ""] = path.split("/");
  const found = views.find((each) => each === view);
  const parameters = new URLSearchParams(search);
  const names = [...new Set(parameters.keys())].filter((name) => name !== "span");
  const choices = Object.fromEntries(
    names.map((name) => [name, parameters.getAll(name).filter((value) => value !== "")]),
  );
  const span = parameters.get("span") ?? defaultSpan;
  return found === undefined
    ? { view: "dashboard", id: home, span, choices }
    : { view: found, id: found === "dashboard" && id === "" ? home : id, span, choices };
}

/** The address of what is shown. */
export function addressOf({ view, id, span, choices }: Route): string {
  const parameters = new URLSearchParams(span === defaultSpan ? {} : { span });
  for (const [name, values] of Object.entries(choices)) for (const value of values) parameters.append(name, value);
  const search = parameters.toString();
  return `#/${view}${id === "" ? "" : `/${id}`}${search === "" ? "" : `?${search}`}`;
}
