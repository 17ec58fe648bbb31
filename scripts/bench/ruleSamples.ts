import type { RuleGroup } from "../../rules/rule.ts";

/** Three days of services as OpenMetrics text: what they are scraped for every 30 s, and what rules recorded of it. */

const scrape = 30;
const seconds = 3 * 86_400;

/** Bounds of the HTTP conventions. */
const bounds = [
  "0.005",
  "0.01",
  "0.025",
  "0.05",
  "0.075",
  "0.1",
  "0.25",
  "0.5",
  "0.75",
  "1.0",
  "2.5",
  "5.0",
  "7.5",
  "10.0",
  "+Inf",
];

const duration = "http_server_request_duration_seconds";

/** Labels of a service in a series. */
const identity = (service: number) => `service_name="service-${service}",k8s_namespace_name="shop"`;

/**
 * Families in the order that OpenMetrics wants: all samples of a series together.
 *
 * @param end newest sample, in seconds since 1970
 * @param groups whose recorded series have a history too: ranges over them are read like all others
 */
export function* ruleSamples(services: number, end: number, groups: readonly RuleGroup[]): Generator<string> {
  const each = Array.from({ length: services }, (_, index) => index);
  yield* family(
    `${duration}_bucket`,
    "unknown",
    each.flatMap((service) => pods(service).flatMap((pod) => bounds.map((le) => `${pod},le="${le}"`))),
    counted,
    end,
  );
  yield* family(`${duration}_count`, "unknown", each.flatMap(pods), counted, end);
  yield* family(
    "target_info",
    "unknown",
    each.map((service) => `job="otel-collector",exported_job="service-${service}",k8s_namespace_name="shop"`),
    () => 1,
    end,
  );
  yield* family(
    "traces_span_metrics_calls_total",
    "unknown",
    each.map((service) => `${identity(service)},span_kind="SPAN_KIND_SERVER",span_name="GET /"`),
    counted,
    end,
  );
  const recorded = new Map<string, number>();
  for (const { rules, interval } of groups)
    for (const rule of rules)
      if ("record" in rule && rule.record.startsWith("service:") && rule.record !== "service:slo_own:info")
        recorded.set(rule.record, interval === undefined ? scrape : Number.parseInt(interval) * 60);
  for (const [name, interval] of recorded) {
    const labels = name === "service:evaluated:info" ? [""] : each.map(identity);
    yield* family(
      name,
      "gauge",
      labels,
      (step) => (/:info$/.test(name) ? 1 : 0.001 + (step % 7) * 1e-5),
      end,
      interval,
    );
  }
  yield "# EOF\n";
}

/** A pod of a service with one route and two codes. */
function pods(service: number): string[] {
  return ["200", "500"].map(
    (code) => `${identity(service)},k8s_pod_name="pod-0",http_route="/",http_response_status_code="${code}"`,
  );
}

/** A counter at a changing pace. */
function counted(step: number): number {
  return step * 20 + (step % 5);
}

function* family(
  name: string,
  type: string,
  labels: readonly string[],
  value: (step: number) => number,
  end: number,
  interval = scrape,
): Generator<string> {
  yield `# TYPE ${name} ${type}\n`;
  const steps = seconds / interval;
  for (const each of labels) {
    const lines = Array.from(
      { length: steps },
      (_, step) => `${name}{${each}} ${value(step)} ${end - (steps - 1 - step) * interval}\n`,
    );
    yield lines.join("");
  }
}
