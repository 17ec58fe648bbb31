import type { Span, Trace } from "./trace.ts";

/** Attributes that tell what happened; the rest says where it ran and by which library. */
const TELLING = [
  "http.request.method",
  "http.route",
  "url.path",
  "http.response.status_code",
  "url.full",
  "asgi.event.type",
  "error.type",
  "otel.status_description",
];

/** Where a span lies in its trace, in percent of the trace's duration. */
export interface Placement {
  offset: number;
  width: number;
}

/** @returns 0 to 100; a span too short to see has width 0 */
export function placement(trace: Trace, span: Span): Placement {
  const whole = Math.max(1, trace.duration);
  return { offset: ((span.start - trace.start) / whole) * 100, width: (span.duration / whole) * 100 };
}

/** Name of a span, with its service where the trace passes several. */
export function spanTitle(trace: Trace, span: Span): string {
  return trace.spans.every(({ service }) => service === span.service) ? span.name : `${span.service}: ${span.name}`;
}

/** The attributes of a span that tell what happened, as `key=value`. */
export function tellingAttributes(span: Span): string[] {
  const { "url.path": path, ...told } = span.attributes;
  // Only where neither the route nor the whole URL says it.
  if (path !== undefined && told["http.route"] === undefined && told["url.full"] === undefined) told["url.path"] = path;
  return TELLING.flatMap((key) => {
    const value = told[key];
    return value === undefined ? [] : [`${key}=${value}`];
  });
}

/** Whether the span itself says that it failed. */
export function hasFailed(span: Span): boolean {
  return span.attributes["error.type"] !== undefined || span.attributes["otel.status_code"] === "ERROR";
}

/** As people read it, e.g. "640 µs", "12.3 ms", "1.20 s". */
export function formatDuration(microseconds: number): string {
  if (microseconds < 1000) return `${microseconds} µs`;
  if (microseconds < 1e6) return `${(microseconds / 1000).toFixed(1)} ms`;
  return `${(microseconds / 1e6).toFixed(2)} s`;
}

const BAR_WIDTH = 32;

/** The trace as lines of text: a bar for each span, and below it what happened. */
export function drawWaterfall(trace: Trace): string[] {
  const labels = trace.spans.map((span) => `${"  ".repeat(span.depth)}${spanTitle(trace, span)}`);
  const width = Math.max(...labels.map((label) => label.length));
  const lines = trace.spans.flatMap((span, index) => {
    const label = (labels[index] ?? "").padEnd(width);
    const mark = hasFailed(span) ? "!" : " ";
    const line = `${mark} ${label}  ${span.kind.padEnd(8)} ${formatDuration(span.duration).padStart(8)}  ${bar(trace, span)}`;
    const attributes = tellingAttributes(span);
    return attributes.length === 0 ? [line] : [line, `    ${"  ".repeat(span.depth)}${attributes.join("  ")}`];
  });
  const started = new Date(trace.start / 1000).toISOString();
  return [`trace ${trace.id}  ${started}  ${formatDuration(trace.duration)}  ${trace.spans.length} spans`, ...lines];
}

function bar(trace: Trace, span: Span): string {
  const { offset, width } = placement(trace, span);
  const cell = (percent: number) => Math.round((percent / 100) * BAR_WIDTH);
  // Every span is seen, and none sticks out.
  const from = Math.min(cell(offset), BAR_WIDTH - 1);
  const length = Math.max(1, Math.min(cell(width), BAR_WIDTH - from));
  return `|${" ".repeat(from)}${"█".repeat(length)}${" ".repeat(BAR_WIDTH - from - length)}|`;
}
