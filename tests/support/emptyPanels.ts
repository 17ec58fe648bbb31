const withoutCluster = "the sandbox's telemetry has no kube-state-metrics, kubelet or node";
const withoutErrors = "the APIs print no line of severity error: an answer with 5xx is a line of their access log";
const withoutProgram = "the sandbox's telemetry does not run that program";

/** Panels that the page shows without data in the sandbox, by dashboard, with the reason. */
export const emptyPanels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  API: {
    "Event loop by pod": "of Node.js: the sample API is Python",
    "Heap by pod": "of Node.js: the sample API is Python",
  },
  Services: {},
  Collector: { "Series over the limit": "it has a value once the limit is reached" },
  Platform: {
    "Requests to Grafana": withoutProgram,
    "Memory of Grafana": withoutProgram,
    "Failed reconciliations": withoutProgram,
    "Memory of the operators": withoutProgram,
    "Processor of the operators": withoutProgram,
    Certificates: withoutProgram,
    "Left on volumes": withoutCluster,
  },
  Workloads: {
    Pods: withoutCluster,
    "Pods missing": withoutCluster,
    "Restarts in an hour": withoutCluster,
    "Use of each pod": withoutCluster,
    "Waiting containers": withoutCluster,
    "Pods that do not run": withoutCluster,
    "CPU by pod": withoutCluster,
    "Memory by pod": withoutCluster,
    "Throttling by pod": withoutCluster,
    "Restarts by pod": withoutCluster,
    "Pods wanted and available": withoutCluster,
  },
  Nodes: {
    "Nodes ready": withoutCluster,
    "Nodes not ready": withoutCluster,
    "Processors requested": withoutCluster,
    "Memory requested": withoutCluster,
    "Each node": withoutCluster,
    "CPU by node": withoutCluster,
    "Memory by node": withoutCluster,
    "Left on each volume": withoutCluster,
  },
  Logs: {
    "Errors among them": withoutErrors,
    "Errors by service": withoutErrors,
    "Newest errors": withoutErrors,
  },
};
