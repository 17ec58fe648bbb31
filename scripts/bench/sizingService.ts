import { type Attributes, hexadecimal, keyValues, nanoseconds, post } from "./otlpJson.ts";

/** What an instrumented service of a usual size sends by OTLP/HTTP, for the real Collector to make series of it. */

/** Routes that a service answers, each with 200 and with 500. */
export const routes = 10;
/** Others that each service calls. */
const destinations = 2;
/** What a runtime says of itself: memory, threads, collections of garbage. */
const gauges = 20;

/** Bounds of the HTTP conventions, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const namespace = "shop";

/** A service that sends. */
export interface SendingService {
  /** Base URL of the receiver. */
  readonly collector: string;
  readonly name: string;
  readonly pods: number;
  /** Milliseconds since the epoch at which its processes began. */
  readonly began: number;
}

/** Sends what each pod has counted so far, as an SDK does once a minute. */
export async function sendMetrics(service: SendingService): Promise<void> {
  for (const resource of resources(service)) {
    const time = { startTimeUnixNano: nanoseconds(service.began), timeUnixNano: nanoseconds(Date.now()) };
    const metrics = [
      durations("http.server.request.duration", served(), time),
      durations("http.client.request.duration", called(), time),
      ...Array.from({ length: gauges }, (_, index) => ({
        name: `process.runtime.figure_${index}`,
        gauge: { dataPoints: [{ ...time, asInt: String(index) }] },
      })),
    ];
    await post(`${service.collector}/v1/metrics`, {
      resourceMetrics: [{ resource: { attributes: keyValues(resource) }, scopeMetrics: [{ metrics }] }],
    });
  }
}

/** Sends one span of each kind that a pod has. */
export async function sendSpans(service: SendingService): Promise<void> {
  const [resource = {}] = resources(service);
  const end = Date.now();
  const span = (name: string, kind: number, attributes: Attributes) => ({
    ...{ traceId: hexadecimal(16), spanId: hexadecimal(8), name, kind },
    ...{ startTimeUnixNano: nanoseconds(end - 10), endTimeUnixNano: nanoseconds(end) },
    attributes: keyValues(attributes),
    status: attributes["http.response.status_code"] === 500 ? { code: 2 } : {},
  });
  const spans = [
    ...served().map((attributes) => span(`GET ${attributes["http.route"] ?? ""}`, 2, attributes)),
    ...called().map((attributes) => span("GET", 3, attributes)),
  ];
  await post(`${service.collector}/v1/traces`, {
    resourceSpans: [{ resource: { attributes: keyValues(resource) }, scopeSpans: [{ spans }] }],
  });
}

function resources({ name, pods }: SendingService): Attributes[] {
  return Array.from({ length: pods }, (_, pod) => ({
    ...{ "service.name": name, "k8s.namespace.name": namespace, "k8s.deployment.name": name },
    ...{ "k8s.pod.name": `${name}-7d9f8b6c5-${pod}`, "service.instance.id": `${name}-${pod}` },
  }));
}

function served(): Attributes[] {
  return Array.from({ length: routes }, (_, route) => `/api/v1/things/${route}`).flatMap((route) =>
    [200, 500].map((code) => ({
      ...{ "http.request.method": "GET", "http.route": route, "http.response.status_code": code },
      ...{ "url.scheme": "http", "network.protocol.version": "1.1" },
      ...(code === 500 ? { "error.type": "500" } : {}),
    })),
  );
}

function called(): Attributes[] {
  return Array.from({ length: destinations }, (_, index) => ({
    ...{ "http.request.method": "GET", "http.response.status_code": 200 },
    ...{ "server.address": `other-${index}`, "server.port": 8080 },
  }));
}

function durations(name: string, all: readonly Attributes[], time: object) {
  const dataPoints = all.map((attributes) => ({
    ...{ ...time, attributes: keyValues(attributes), count: "30", sum: 0.9, explicitBounds: bounds },
    bucketCounts: [...bounds, 0].map(() => "2"),
  }));
  return { name, unit: "s", histogram: { aggregationTemporality: 2, dataPoints } };
}
