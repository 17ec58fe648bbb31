import { endpoints } from "../../catalog/endpoints.ts";
import { ports } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";
import { accessFlows } from "./accessFlows.ts";
import { type Flow, type FlowPort, flowsTo, isOutsider, tcp } from "./flow.ts";
import { stackWorkloads, type WorkloadName } from "./workloads.ts";

/** Where programs listen that nobody else needs to know. */
const listening = {
  certManagerMetrics: 9402,
  certManagerWebhook: 10250,
  operatorWebhook: 9443,
  prometheusOperatorMetrics: 8080,
  securedMetrics: 8443,
  grafanaOperatorMetrics: 9090,
  jaegerV1Admin: 14269,
  kubelet: 10250,
  alertmanagerCluster: 9094,
} as const;

const dns: FlowPort[] = [{ port: 53, protocol: "UDP" }, { port: 53 }];

/** Workloads that ask the cluster's API, and what for. */
const apiCallers: Partial<Record<WorkloadName, string>> = {
  collector: "which pod has sent something",
  logAgent: "whose log files they are",
  kubeStateMetrics: "the state of the cluster's objects",
  prometheus: "the targets of its monitors",
  certManager: "its custom resources",
  certManagerWebhook: "its certificate, which it keeps in a Secret",
  certManagerCainjector: "the webhooks that it puts a CA into",
  certManagerStartupCheck: "whether cert-manager's webhook answers",
  prometheusOperator: "its custom resources",
  openTelemetryOperator: "its custom resources",
  jaegerOperator: "its custom resources",
  grafanaOperator: "its custom resources, and dashboards at addresses on port 443",
};

const webhooks: Partial<Record<WorkloadName, number>> = {
  certManagerWebhook: listening.certManagerWebhook,
  openTelemetryOperator: listening.operatorWebhook,
  jaegerOperator: listening.operatorWebhook,
};

/** What Prometheus scrapes of the stack. */
const scraped = ({ tls }: Pick<Settings, "tls">): Partial<Record<WorkloadName, number[]>> => ({
  collector: [
    ports.collectorSelf,
    ports.collectorHistograms,
    ports.collectorCounters,
    ports.collectorGauges,
    ports.collectorSpanMetrics,
    ports.collectorLogRecords,
  ],
  logs: [tls.internal ? ports.logsTls : ports.logs],
  logAgent: [ports.collectorSelf, ports.collectorLogRecords],
  kubeStateMetrics: [ports.kubeStateMetrics],
  tailSampler: [ports.collectorSelf],
  jaeger: [ports.collectorSelf],
  jaegerV1: [listening.jaegerV1Admin],
  prometheus: [ports.prometheus],
  grafana: [ports.grafana],
  certManager: [listening.certManagerMetrics],
  prometheusOperator: [listening.prometheusOperatorMetrics],
  openTelemetryOperator: [listening.securedMetrics],
  jaegerOperator: [listening.securedMetrics],
  grafanaOperator: [listening.grafanaOperatorMetrics],
});

/** Everything that a stack's programs say to each other and to others: the source of policies, documentation and tests. */
export function stackFlows(settings: Settings): Flow[] {
  const { parts, jaeger, jaegerEngine, prometheus, alertmanager, networkPolicies, collector, grafana } = settings;
  const workloads = stackWorkloads(settings);
  const tracesFrom = collector.tailSampling.enabled ? "tailSampler" : "collector";
  const jaegerPods = jaegerEngine === "v2" ? "jaeger" : "jaegerV1";
  const flows: Flow[] = [
    {
      ...{ from: "any pod", to: "collector", ports: tcp(ports.otlpGrpc, ports.otlpHttp) },
      why: "applications send traces and metrics",
    },
    {
      ...{ from: "sampleApi", to: "collector", ports: tcp(ports.otlpGrpc, ports.otlpHttp) },
      why: "the sample API sends traces and metrics",
    },
    { from: "collector", to: "tailSampler", ports: tcp(ports.otlpGrpc), why: "the spans of a trace meet in one pod" },
    ...(parts.jaeger
      ? [{ from: tracesFrom, to: jaegerPods, ports: tcp(ports.otlpGrpc), why: "traces are kept" } as const]
      : flowsTo(tracesFrom, [jaeger.endpoint], "traces are kept elsewhere")),
    ...entries(scraped(settings)).map(([to, numbers]): Flow => ({
      ...{ from: "prometheus", to, ports: tcp(...numbers) },
      why: "its metrics are scraped",
    })),
    { from: "prometheus", to: "pods of other namespaces", ports: "all", why: "the monitors of teams name any port" },
    { from: "prometheus", to: "nodes", ports: tcp(listening.kubelet), why: "the kubelets say what is left on volumes" },
    {
      from: "prometheus",
      to: "alertmanager",
      ports: tcp(ports.alertmanager),
      why: "alerts are sent, its metrics scraped",
    },
    ...flowsTo(
      "prometheus",
      prometheus.remoteWrite.map(({ url }) => url),
      "samples are kept elsewhere too",
    ),
    ...metricsFlows(settings),
    ...(parts.jaeger
      ? [{ from: "grafana", to: jaegerPods, ports: tcp(ports.jaegerQuery), why: "traces are shown" } as const]
      : flowsTo("grafana", [jaeger.url], "traces from elsewhere are shown")),
    ...flowsTo("grafana", [grafana.database.host], "users and dashboards are kept in the site's database"),
    ...(parts.logs ? logFlows(settings) : []),
    ...accessFlows(settings),
    { from: "grafanaOperator", to: "grafana", ports: tcp(ports.grafana), why: "data sources and dashboards are made" },
    {
      ...{ from: "alertmanager", to: "any address", ports: tcp(...networkPolicies.receiverPorts) },
      why: "receivers are told; their addresses are secret",
    },
    ...flowsTo("alertmanager", smarthosts(settings), "mail servers send e-mail"),
    {
      ...{
        from: "certManager",
        to: "any address",
        ports: [...tcp(...networkPolicies.issuerPorts), ...dns],
      },
      why: "the cluster's issuers, and what their ACME servers will ask: hosts, and the name servers of their zones",
    },
    { from: "any pod", to: "sampleApi", ports: tcp(ports.sampleApi), why: "others call the sample API" },
    ...flowsTo("sampleApi", [settings.sampleApi.upstreamUrl], "the sample API calls its upstream"),
    ...entries(apiCallers).map(([from, why]): Flow => ({
      ...{ from, to: "API server", why },
      ports: tcp(...networkPolicies.apiServerPorts),
    })),
    ...entries(webhooks).map(([to, port]): Flow => ({
      ...{ from: "API server", to, ports: tcp(port) },
      why: "objects are checked and completed",
    })),
    ...workloads
      .filter((from) => from !== "certManager") // it asks any name server, see above
      .map((from): Flow => ({ from, to: "DNS", ports: dns, why: "names are looked up" })),
  ];
  if (alertmanager.replicas > 1) {
    const { alertmanagerCluster: port } = listening;
    flows.push({
      ...{ from: "alertmanager", to: "alertmanager", ports: [{ port }, { port, protocol: "UDP" }] },
      why: "its pods agree who was told",
    });
  }
  if (jaeger.storage === "elasticsearch") {
    for (const from of [jaegerPods, "jaegerIndexCleaner"] as const) {
      const why = from === "jaegerIndexCleaner" ? "old indices are deleted" : "traces are kept";
      flows.push(...flowsTo(from, [jaeger.elasticsearchUrl], why));
    }
  }
  const there = (party: Flow["from"]) => isOutsider(party) || workloads.includes(party);
  // To Kubernetes a rule without ports is one for every port.
  return flows.filter(({ from, to, ports }) => there(from) && there(to) && ports.length > 0);
}

/** Who asks for metrics, and where: of shards none has all. */
function metricsFlows({ prometheus: { queryUrl } }: Settings): Flow[] {
  const readers = [
    { from: "grafana", why: "metrics are shown" },
    { from: "jaeger", why: "its Monitor page shows their metrics" },
  ] as const;
  return readers.flatMap((reader): Flow[] =>
    queryUrl === ""
      ? [{ ...reader, to: "prometheus", ports: tcp(ports.prometheus) }]
      : flowsTo(reader.from, [queryUrl], reader.why),
  );
}

/** Where log records go, and who shows them. */
function logFlows(settings: Settings): Flow[] {
  const { otlpEndpoint, url } = settings.logs;
  const senders = ["collector", "logAgent"] as const;
  const why = "log records are kept";
  const store = endpoints(settings).logs;
  if (store === undefined) {
    return [
      ...senders.flatMap((from) => flowsTo(from, [otlpEndpoint], why)),
      ...flowsTo("grafana", [url], "logs from elsewhere are shown"),
    ];
  }
  return [
    ...senders.map((from): Flow => ({
      ...{ from, to: "logs", why },
      ports: tcp(settings.tls.internal ? ports.logsTls : ports.logs),
    })),
    { from: "grafana", to: "logs", ports: tcp(store.port), why: "logs are shown" },
    { from: "grafana", to: "any address", ports: tcp(443), why: "its plug-in for logs is fetched from grafana.com" },
  ];
}

/** The mail servers of the receivers. */
function smarthosts({ alertmanager: { receivers } }: Settings): string[] {
  return Object.values(receivers).flatMap(({ smarthost }) => smarthost ?? []);
}

function entries<Value>(record: Partial<Record<WorkloadName, Value>>): [WorkloadName, Value][] {
  return Object.entries(record) as [WorkloadName, Value][];
}
