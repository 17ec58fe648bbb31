import type { Row } from "./kit/dashboard.ts";
import { timeSeries } from "./kit/panels/timeSeries.ts";
import { rate, sumRate } from "./kit/promql.ts";
import { units } from "./kit/units.ts";

const byPod = ["k8s_pod_name"];
const pythonOnly = "Measured by Python's instrumentation: empty for other languages.";

/** What a service's pods need, as Python's auto-instrumentation measures it in each process. */
export function pythonRows(service: string): Row[] {
  const gauge = (metric: string) => `sum by (k8s_pod_name) (${metric}{${service}})`;
  return [
    {
      title: "Saturation",
      panels: [
        timeSeries({
          title: "Processor by pod",
          description: `Processor time of each pod; 100 % is one core. A Python process rarely uses more than one. ${pythonOnly}`,
          unit: units.ratio,
          queries: [{ expr: sumRate("process_cpu_time_seconds_total", service, byPod), legend: "{{k8s_pod_name}}" }],
        }),
        timeSeries({
          title: "Memory by pod",
          description: `Memory that each pod's process holds (resident). A line that only rises is a leak. ${pythonOnly}`,
          unit: units.bytes,
          queries: [{ expr: gauge("process_memory_usage_bytes"), legend: "{{k8s_pod_name}}" }],
        }),
        timeSeries({
          title: "Requests in progress by pod",
          description:
            "Requests that each pod is answering. One pod far above the others gets more than its share, or hangs.",
          unit: units.count,
          queries: [{ expr: gauge("http_server_active_requests"), legend: "{{k8s_pod_name}}" }],
        }),
      ],
    },
    {
      title: "Python runtime",
      panels: [
        timeSeries({
          title: "Garbage collections",
          description: `Runs of Python's garbage collector per second, by generation. The oldest generation (2) is the one that takes time. ${pythonOnly}`,
          unit: units.perSecond,
          queries: [
            {
              expr: sumRate("cpython_gc_collections_total", service, ["cpython_gc_generation"]),
              legend: "generation {{cpython_gc_generation}}",
            },
          ],
        }),
        timeSeries({
          title: "Threads and open files",
          description: `Threads and open files of all pods. Open files that only rise are connections that are never closed. ${pythonOnly}`,
          unit: units.count,
          queries: [
            { expr: `sum(process_thread_count{${service}})`, legend: "threads" },
            { expr: `sum(process_open_file_descriptor_count{${service}})`, legend: "open files" },
          ],
        }),
        timeSeries({
          title: "Context switches",
          description: `How often a process gave the processor away (voluntary: it waits) or lost it (involuntary: it wants more than it gets). ${pythonOnly}`,
          unit: units.perSecond,
          queries: [
            {
              expr: `sum by (type) (${rate("process_context_switches_total", service)})`,
              legend: "{{type}}",
            },
          ],
        }),
      ],
    },
  ];
}
