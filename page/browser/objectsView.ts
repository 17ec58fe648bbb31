import type { ObjectHealth } from "../model/health.ts";
import type { App, View } from "./app.ts";
import { ask } from "./ask.ts";
import { element, failure, scrolling, table } from "./dom.ts";

const looks: Readonly<Record<ObjectHealth["health"], string>> = { healthy: "good", unhealthy: "bad", unknown: "" };
const order = ["unhealthy", "unknown", "healthy"];

/** The platform's objects and how they are, those with a problem first. */
export function objectsView({ content, data }: App): View {
  const list = element("div");
  content.append(element("h1", {}, "Objects"), list);
  if (!data.has.objects) list.append(element("p", {}, "The page was started without a cluster."));
  const refresh = async () => {
    if (!data.has.objects) return;
    try {
      const objects = (await ask<ObjectHealth[]>("/data/objects")).toSorted(
        (a, b) =>
          order.indexOf(a.health) - order.indexOf(b.health) ||
          a.kind.localeCompare(b.kind) ||
          a.name.localeCompare(b.name),
      );
      const count = (health: string) => objects.filter((object) => object.health === health).length;
      const rows = objects.map(({ kind, namespace, name, health, message }) => [
        element("span", { class: looks[health] }, health),
        kind,
        namespace,
        name,
        message,
      ]);
      list.replaceChildren(
        element(
          "p",
          { role: "status" },
          `${count("healthy")} healthy, ${count("unhealthy")} unhealthy, ${count("unknown")} unknown`,
        ),
        scrolling("Objects", table("Objects", ["Health", "Kind", "Namespace", "Name", "Status"], rows)),
      );
    } catch (error) {
      list.replaceChildren(failure(error));
    }
  };
  return { title: "Objects", refresh };
}
