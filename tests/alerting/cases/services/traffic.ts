import { counter, type ExpectedAlert } from "../alertCase.ts";

export const metric = "http_server_request_duration_seconds";

/** Which share of the requests is bad, for how many samples, and how many requests there are between two samples. */
type Segment = readonly [share: number, samples: number, requests?: number];

/** What a service is asked. */
interface Traffic {
  readonly service?: string;
  readonly bad: readonly Segment[];
}

/** Requests between two samples, unless said otherwise. */
const usual = 120;

/** As many requests as in five usual hours, in ten minutes, and all are good. */
export const past: Segment = [0, 10, 30 * usual];

function growth(bad: readonly Segment[], share: (bad: number) => number): string {
  return counter(...bad.map(([part, samples, requests = usual]) => [share(part) * requests, samples] as const));
}

/** As many as in nearly seventeen hours. */
export const longPast: Segment = [0, 10, 100 * usual];

/** Series of answers and failures. */
export function answers({ service = "python-api", bad }: Traffic): Record<string, string> {
  const labels = `service_name="${service}",k8s_namespace_name="shop",k8s_pod_name="pod-1"`;
  return {
    [`${metric}_count{${labels},http_response_status_code="200"}`]: growth(bad, (part) => 1 - part),
    [`${metric}_count{${labels},http_response_status_code="502"}`]: growth(bad, (part) => part),
  };
}

/** Series of answers in time and late ones. */
export function durations({ service = "python-api", bad }: Traffic, bound = "0.5"): Record<string, string> {
  const labels = `service_name="${service}",k8s_namespace_name="shop",http_response_status_code="200"`;
  const all = growth(bad, () => 1);
  const inTime = growth(bad, (part) => 1 - part);
  // An objective with another bound must not be measured by this one.
  const [other, others] = bound === "0.5" ? ["1.0", all] : ["0.5", counter([0, 1])];
  return {
    [`${metric}_count{${labels}}`]: all,
    [`${metric}_bucket{${labels},le="${bound}"}`]: inTime,
    [`${metric}_bucket{${labels},le="${other}"}`]: others,
  };
}

/** An alert about a service of namespace `shop`. */
export function told(severity: string, service: string, summary: string, description: string): ExpectedAlert {
  const labels = { severity, namespace: "shop", k8s_namespace_name: "shop", service_name: service };
  return { labels, summary, description };
}
