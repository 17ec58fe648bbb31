import { anyValue, type Attributes, hexadecimal, keyValues, nanoseconds, post } from "../../scripts/bench/otlpJson.ts";

/** A sender of OTLP by HTTP with numbers that a test knows: spans and metrics of made-up services. */

/** A span that is sent. */
export interface SentSpan {
  readonly name: string;
  readonly kind: "internal" | "server" | "client";
  /** @default 10 */
  readonly milliseconds?: number;
  readonly attributes?: Attributes;
  /** @default false */
  readonly failed?: boolean;
  /** In hexadecimal. @default one of its own */
  readonly traceId?: string;
}

/** A value of a metric that is sent. */
export interface SentPoint {
  readonly attributes?: Attributes;
  readonly value: number;
}

/** A metric that is sent: a counter grows from its start on. */
export interface SentMetric {
  readonly name: string;
  /** @default "1" */
  readonly unit?: string;
  /** `delta` is a counter that says what was added since the last export, which is its start. */
  readonly type: "counter" | "delta" | "gauge" | "histogram";
  /** Milliseconds since the epoch. */
  readonly start: number;
  /** Milliseconds since the epoch. @default now */
  readonly time?: number;
  /** A histogram's value is the number of its requests: each took 10 ms. */
  readonly points: readonly SentPoint[];
}

/** Bounds of the histograms that are sent, in seconds. */
const bounds = [0.005, 0.025, 0.1, 0.5, 1];

/**
 * Sends spans that end now, each with a trace of its own unless it says another one.
 *
 * @param collector base URL of the receiver of OTLP/HTTP
 * @throws when the collector does not take all of them
 */
export async function sendSpans(collector: string, resource: Attributes, spans: readonly SentSpan[]): Promise<void> {
  await post(`${collector}/v1/traces`, spansRequest(resource, spans));
}

/** What is sent of spans that end now. */
export function spansRequest(resource: Attributes, spans: readonly SentSpan[]): object {
  const end = Date.now();
  return {
    resourceSpans: [
      {
        resource: { attributes: keyValues(resource) },
        scopeSpans: [
          {
            scope: { name: "sent" },
            spans: spans.map(({ name, kind, milliseconds = 10, attributes = {}, failed = false, traceId }) => ({
              traceId: traceId ?? hexadecimal(16),
              spanId: hexadecimal(8),
              name,
              kind: { internal: 1, server: 2, client: 3 }[kind],
              startTimeUnixNano: nanoseconds(end - milliseconds),
              endTimeUnixNano: nanoseconds(end),
              attributes: keyValues(attributes),
              status: failed ? { code: 2 } : {},
            })),
          },
        ],
      },
    ],
  };
}

/** What is sent of log records of this moment. */
export function logsRequest(resource: Attributes, bodies: readonly string[]): object {
  const timeUnixNano = nanoseconds(Date.now());
  const logRecords = bodies.map((body) => ({ timeUnixNano, severityNumber: 9, body: anyValue(body) }));
  return {
    resourceLogs: [
      { resource: { attributes: keyValues(resource) }, scopeLogs: [{ scope: { name: "sent" }, logRecords }] },
    ],
  };
}

/**
 * Sends metrics, cumulative as SDKs send them.
 *
 * @param collector base URL of the receiver of OTLP/HTTP
 * @throws when the collector does not take all of them
 */
export async function sendMetrics(
  collector: string,
  resource: Attributes,
  metrics: readonly SentMetric[],
): Promise<void> {
  await post(`${collector}/v1/metrics`, {
    resourceMetrics: [
      {
        resource: { attributes: keyValues(resource) },
        scopeMetrics: [{ scope: { name: "sent" }, metrics: metrics.map(metricOf) }],
      },
    ],
  });
}

function metricOf({ name, unit = "1", type, start, time = Date.now(), points }: SentMetric) {
  const common = (attributes: Attributes = {}) => ({
    attributes: keyValues(attributes),
    startTimeUnixNano: nanoseconds(start),
    timeUnixNano: nanoseconds(time),
  });
  if (type === "histogram") {
    const dataPoints = points.map(({ attributes, value }) => ({
      ...common(attributes),
      count: value,
      sum: value * 0.01,
      explicitBounds: bounds,
      bucketCounts: [0, value, 0, 0, 0, 0],
    }));
    return { name, unit, histogram: { aggregationTemporality: 2, dataPoints } };
  }
  const dataPoints = points.map(({ attributes, value }) => ({ ...common(attributes), asInt: String(value) }));
  return type === "gauge"
    ? { name, unit, gauge: { dataPoints } }
    : { name, unit, sum: { aggregationTemporality: type === "delta" ? 1 : 2, isMonotonic: true, dataPoints } };
}
