import type { Row } from "./kit/dashboard.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { sumRate } from "./kit/promql.ts";
import { units } from "./kit/units.ts";

const nodeOnly = "Measured by Node.js' instrumentation: empty for other languages.";

/** What a service's pods need, as the auto-instrumentation of Node.js measures it in each process. */
export function nodeRow(service: string): Row {
  return {
    title: "Node.js runtime",
    panels: [
      timeSeries({
        title: "Event loop by pod",
        description: `Share of the time in which each pod's event loop is at work. Near 100 % every request waits for the others: more pods, or less work between two awaits. ${nodeOnly}`,
        unit: units.ratio,
        width: 12,
        queries: [
          {
            expr: sumRate("nodejs_eventloop_time_seconds_total", `${service}, nodejs_eventloop_state="active"`, [
              "k8s_pod_name",
            ]),
            legend: "{{k8s_pod_name}}",
          },
        ],
      }),
      timeSeries({
        title: "Heap by pod",
        description: `Memory that JavaScript objects take in each pod. It falls with each garbage collection; a floor that only rises is a leak. ${nodeOnly}`,
        unit: units.bytes,
        width: 12,
        queries: [
          {
            // One series for each space of the heap.
            expr: `sum by (k8s_pod_name) (v8js_memory_heap_used_bytes{${service}})`,
            legend: "{{k8s_pod_name}}",
          },
        ],
      }),
    ],
  };
}
