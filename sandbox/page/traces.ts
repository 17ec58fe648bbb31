import { z } from "zod";
import { getJson } from "./http.ts";

/** A span of a trace. */
export interface Span {
  id: string;
  name: string;
  service: string;
  /** As OpenTelemetry names it: server, client, internal, producer, consumer. */
  kind: string;
  /** Microseconds since the epoch. */
  start: number;
  /** Microseconds. */
  duration: number;
  /** 0 for a span without a parent in this trace. */
  depth: number;
  attributes: Record<string, string>;
  /** Whose span it is; undefined where it does not say. */
  pod: { namespace: string; name: string } | undefined;
}

/** A trace; the spans are in the order in which they are drawn, children below their parent. */
export interface Trace {
  id: string;
  /** Microseconds since the epoch. */
  start: number;
  /** Microseconds from the first start to the last end. */
  duration: number;
  spans: Span[];
}

const tags = z.array(z.object({ key: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) }));

const jaegerTraces = z.object({
  data: z.array(
    z.object({
      traceID: z.string(),
      spans: z.array(
        z.object({
          spanID: z.string(),
          operationName: z.string(),
          references: z.array(z.object({ refType: z.string(), spanID: z.string() })),
          startTime: z.number(),
          duration: z.number(),
          tags,
          processID: z.string(),
        }),
      ),
      processes: z.record(z.string(), z.object({ serviceName: z.string(), tags: tags.optional() })),
    }),
  ),
});

type JaegerTrace = z.infer<typeof jaegerTraces>["data"][number];

/** What to look for in Jaeger. */
export interface TraceQuery {
  service: string;
  /** Name of a span. @default any */
  operation?: string;
  /** @default 1 hour */
  lookbackMinutes?: number;
  limit: number;
}

/**
 * Traces from Jaeger's query API, the newest first.
 *
 * @param jaeger base URL
 */
export async function findTraces(jaeger: string, query: TraceQuery): Promise<Trace[]> {
  const end = Date.now() * 1000;
  const parameters = new URLSearchParams({
    service: query.service,
    limit: String(query.limit),
    // Without an end of its own Jaeger leaves out what came in the last moments.
    end: String(end),
    start: String(end - (query.lookbackMinutes ?? 60) * 60e6),
    ...(query.operation === undefined ? {} : { operation: query.operation }),
  });
  const { data } = jaegerTraces.parse(await getJson(`${jaeger}/api/traces?${parameters.toString()}`));
  return data.map(toTrace).sort((a, b) => b.start - a.start);
}

/** A trace by its id; undefined when Jaeger does not know it. */
export async function getTrace(jaeger: string, id: string): Promise<Trace | undefined> {
  const answer = await getJson(`${jaeger}/api/traces/${id}`, [404]);
  const [trace] = answer === undefined ? [] : jaegerTraces.parse(answer).data;
  return trace === undefined ? undefined : toTrace(trace);
}

/** Orders the spans: each below its parent, brothers by their start. */
export function toTrace({ traceID, spans, processes }: JaegerTrace): Trace {
  const known = new Set(spans.map(({ spanID }) => spanID));
  const children = new Map<string, JaegerTrace["spans"]>();
  for (const span of spans.toSorted((a, b) => a.startTime - b.startTime)) {
    const parent = span.references.find(({ spanID }) => known.has(spanID))?.spanID ?? "";
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const ordered: Span[] = [];
  const add = (parent: string, depth: number): void => {
    for (const span of children.get(parent) ?? []) {
      const attributes = values(span.tags);
      const process = processes[span.processID];
      ordered.push({
        id: span.spanID,
        name: span.operationName,
        service: process?.serviceName ?? "",
        kind: attributes["span.kind"] ?? "internal",
        start: span.startTime,
        duration: span.duration,
        depth,
        attributes,
        pod: podOf(values(process?.tags ?? [])),
      });
      add(span.spanID, depth + 1);
    }
  };
  add("", 0);
  const start = Math.min(...ordered.map((span) => span.start));
  const end = Math.max(...ordered.map((span) => span.start + span.duration));
  return { id: traceID, start, duration: end - start, spans: ordered };
}

function values(pairs: z.infer<typeof tags>): Record<string, string> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, String(value)]));
}

function podOf(resource: Readonly<Record<string, string>>): Span["pod"] {
  const { "k8s.namespace.name": namespace, "k8s.pod.name": name } = resource;
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}
