import { type JaegerTrace, toTrace, type Trace } from "../model/trace.ts";
import { formatDuration, hasFailed } from "../model/waterfall.ts";
import { renderTrace } from "../model/traceHtml.ts";
import type { App, View } from "./app.ts";
import { ask } from "./ask.ts";
import { choice } from "./choice.ts";
import { element, failure, scrolling, table } from "./dom.ts";
import { inOrder } from "./inOrder.ts";
import { showLines } from "./traceLines.ts";

const LIMIT = 50;

interface Traces {
  data: JaegerTrace[];
}

/** The newest traces of a service. */
export function tracesView(app: App): View {
  const { content, choices, route } = app;
  const list = element("div");
  const services = element("span", { class: "variables" });
  content.append(element("h1", {}, "Traces"), list);
  choices.append(services);
  const begin = inOrder();
  const refresh = async ({ from, to }: { from: number; to: number }) => {
    const isDue = begin();
    try {
      const { data: found } = await ask<{ data: string[] | null }>("/jaeger/api/services");
      const names = (found ?? []).toSorted();
      // Jaeger has traces of its own, which nobody looks for first.
      const service = route.choices.service?.[0] ?? names.find((name) => name !== "jaeger") ?? "jaeger";
      const onChange = (value: string) => {
        app.go({ choices: { ...route.choices, service: [value] } });
      };
      if (!services.contains(document.activeElement)) {
        services.replaceChildren(
          choice({ label: "Service", options: names.map((name) => [name, name]), chosen: service, onChange }),
        );
      }
      const query = {
        service,
        limit: String(LIMIT),
        start: String(Math.floor(from * 1e6)),
        end: String(Math.ceil(to * 1e6)),
      };
      const { data } = await ask<Traces>(`/jaeger/api/traces?${new URLSearchParams(query).toString()}`);
      if (!isDue()) return;
      const traces = data.map(toTrace).toSorted((a, b) => b.start - a.start);
      list.replaceChildren(
        traces.length === 0 ? element("p", {}, `No trace of ${service} in this time.`) : listOf(traces),
      );
    } catch (error) {
      if (isDue()) list.replaceChildren(failure(error));
    }
  };
  return { title: "Traces", refresh };
}

function listOf(traces: readonly Trace[]): HTMLElement {
  const rows = traces.map((trace) => {
    const failed = trace.spans.filter(hasFailed).length;
    const services = new Set(trace.spans.map(({ service }) => service));
    return [
      element("a", { href: `#/trace/${trace.id}` }, trace.spans[0]?.name ?? trace.id),
      new Date(trace.start / 1000).toLocaleString(),
      formatDuration(trace.duration),
      [...services].join(", "),
      String(trace.spans.length),
      failed === 0 ? "" : element("span", { class: "bad" }, `${failed} failed`),
    ];
  });
  return scrolling(
    "Traces",
    table("Traces, the newest first", ["Trace", "Started", "Took", "Services", "Spans", "Failures"], rows),
  );
}

/** One trace with its waterfall, and its log lines where there is a log store. */
export function traceView(app: App): View {
  const { content, route, data } = app;
  const spans = element("section", { "aria-label": "Spans" });
  const logs = element("section", { "aria-label": "Log lines" });
  content.append(element("h1", {}, "Trace"), spans, logs);
  const refresh = async () => {
    try {
      const [trace] = (await ask<Traces>(`/jaeger/api/traces/${encodeURIComponent(route.id)}`)).data.map(toTrace);
      if (trace === undefined) throw new Error(`Jaeger does not know the trace ${route.id}`);
      spans.innerHTML = renderTrace(trace);
      if (data.has.logs) await showLines(logs, trace);
    } catch (error) {
      spans.replaceChildren(failure(error));
    }
  };
  return { title: "Trace", refresh };
}
