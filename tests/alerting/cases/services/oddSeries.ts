import { type AlertCase, counter, type ExpectedAlert } from "../alertCase.ts";
import { failing, growth, late, metric, past, type Segment } from "./traffic.ts";

/** Series that lack something: a status, a service, a namespace, or the bucket of the objective. */

const homeless: ExpectedAlert = {
  labels: { severity: "critical", namespace: "no_namespace", service_name: "homeless" },
  summary: "homeless fails more requests than its availability objective allows",
  description: "10% of the requests to homeless in namespace no_namespace are answered with a server error",
};

const labels = (service: string) => `service_name="${service}",k8s_namespace_name="shop"`;
const bad: Segment[] = [
  [0, 10, 36_000],
  [0.1, 65],
];

/** Requests of which a tenth is counted by a series of its own. */
const tenth = (of: string, more: string) => ({
  [`${metric}_count{${of},http_response_status_code="200"}`]: growth(bad, (part) => 1 - part),
  [`${metric}_count{${of},${more}}`]: growth(bad, (part) => part),
});

export const oddErrors: AlertCase[] = [
  {
    when: "a tenth of the requests ends with an exception and no status, or without a status for another reason",
    series: {
      ...tenth(labels("crashes"), 'error_type="ValueError"'),
      ...tenth(labels("left"), 'http_route="/"'),
      ...tenth(labels("not-found"), 'http_response_status_code="404",error_type="NotFound"'),
    },
    at: { "75m": [failing("crashes", "10%")] },
  },
  {
    when: "a tenth fails in a program that Prometheus scrapes itself, and in a service that says no namespace",
    series: {
      ...tenth('job="legacy"', 'http_response_status_code="500"'),
      ...tenth('service_name="homeless"', 'http_response_status_code="500"'),
    },
    at: { "75m": [homeless] },
  },
  {
    when: "the only request of every hour fails",
    every: "2m",
    series: {
      [`${metric}_count{${labels("hourly")},http_response_status_code="500"}`]: counter(
        ...Array.from(
          { length: 20 },
          () =>
            [
              [1, 1],
              [0, 29],
            ] as [number, number][],
        ).flat(),
      ),
    },
    at: {
      "4h1m": [],
      "4h10m": [failing("hourly", "100%")],
      "7h": [failing("hourly", "100%"), failing("hourly", "100%", "warning")],
      "7h50m": [failing("hourly", "100%"), failing("hourly", "100%", "warning")],
      "8h10m": [failing("hourly", "100%"), failing("hourly", "100%", "warning")],
      "9h40m": [failing("hourly", "100%"), failing("hourly", "100%", "warning")],
    },
  },
];

const half: Segment[] = [past, [0, 65, 60]];
const slow: Segment[] = [past, [0.3, 65, 60]];

export const oddDurations: AlertCase[] = [
  {
    when: "one pod has the bucket and another has none; in one service a third of the known requests is late",
    series: {
      ...halves("partly", half),
      ...halves("partly-late", slow),
      // The same name, and no service.
      [`${metric}_count{job="legacy"}`]: counter([100, 75]),
      [`${metric}_bucket{job="legacy",le="0.5"}`]: counter([0, 75]),
    },
    at: { "30m": [], "75m": [late("partly-late", "30%"), late("partly-late", "2.932%", "warning")] },
  },
];

/** A pod with the bucket of the objective, and one with other buckets and as many requests. */
function halves(service: string, requests: Segment[]): Record<string, string> {
  const all = growth(requests, () => 1);
  return {
    [`${metric}_count{${labels(service)},k8s_pod_name="a"}`]: all,
    [`${metric}_bucket{${labels(service)},k8s_pod_name="a",le="0.5"}`]: growth(requests, (part) => 1 - part),
    [`${metric}_count{${labels(service)},k8s_pod_name="b"}`]: all,
    [`${metric}_bucket{${labels(service)},k8s_pod_name="b",le="0.4"}`]: all,
  };
}
