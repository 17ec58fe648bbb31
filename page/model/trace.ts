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

/** Attributes as Jaeger's query API gives them. */
type Tags = { key: string; value: string | number | boolean }[];

/** A trace as Jaeger's query API gives it. */
export interface JaegerTrace {
  traceID: string;
  spans: {
    spanID: string;
    operationName: string;
    references: { refType: string; spanID: string }[];
    startTime: number;
    duration: number;
    tags: Tags;
    processID: string;
  }[];
  processes: Record<string, { serviceName: string; tags?: Tags | undefined }>;
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

function values(tags: Tags): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, String(value)]));
}

function podOf(resource: Readonly<Record<string, string>>): Span["pod"] {
  const { "k8s.namespace.name": namespace, "k8s.pod.name": name } = resource;
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}
