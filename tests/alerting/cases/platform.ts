import { type AlertCase, type AlertCases, constant, type ExpectedAlert } from "./alertCase.ts";

const up = (job: string, endpoint = "prometheus-hist") =>
  `up{namespace="observability",job="${job}",endpoint="${endpoint}",instance="10.0.0.1:8888",pod="${job}-0"}`;

/** Samples of a program that lives for a minute and is away for five, again and again. */
const fallsOver = `1x30 ${Array.from({ length: 50 }, () => "0x4 1").join(" ")}`;

/** Up for 8 of 15 minutes, for two hours, and then for 7 of 15. */
const halfOfTheTime =
  `1x30 ${"1 0 ".repeat(7).concat("1 ").repeat(8)}${"0 1 ".repeat(7).concat("0 ").repeat(8)}`.trim();

/** A part is away: gone altogether, or there and not answering; and it is there, one of two pods at least. */
function unavailable(job: string, summary: string, consequence: string): AlertCase[] {
  const alert: ExpectedAlert = {
    labels: { severity: "critical", namespace: "observability", job },
    summary,
    description: `No pod of ${job} in namespace observability answers Prometheus, or not half of the time: ${consequence}`,
  };
  return [
    {
      when: `${job} does not answer from the third minute on`,
      series: { [up(job)]: "1 1 1 0x20" },
      at: { "7m": [], "9m": [alert] },
    },
    {
      when: `${job} falls over again and again`,
      series: { [up(job)]: fallsOver },
      at: { "36m": [], "50m": [alert], "2h": [alert], "5h": [alert] },
    },
    {
      when: `${job} is up for a little more than half of the time, and later for less`,
      series: { [up(job)]: halfOfTheTime },
      at: { "60m": [], "140m": [], "240m": [alert] },
    },
    {
      when: `${job} is away again and again, and no target then`,
      series: { [up(job)]: `1x30 ${Array.from({ length: 20 }, () => "stale _x4 1").join(" ")}` },
      at: { "36m": [], "50m": [alert], "2h": [alert] },
    },
    {
      when: `${job} is away for three minutes, comes late, or is away for four twice an hour`,
      series: { [up(job)]: "_x3 1x30 0x2 1x40 0x3 1x30 0x3 1x60" },
      at: { "9m": [], "38m": [], "42m": [], "80m": [], "116m": [], "122m": [] },
    },
    { when: `${job} is not there at all`, series: { 'up{job="other"}': constant(1, 20) }, at: { "9m": [alert] } },
    {
      when: `one of two pods of ${job} answers`,
      series: { [up(job)]: constant(1, 20), [up(job).replace("10.0.0.1", "10.0.0.2")]: constant(0, 20) },
      at: { "15m": [] },
    },
  ];
}

const down = (instance: string, job = "shop"): ExpectedAlert => ({
  labels: { severity: "warning", namespace: "shop", job, instance },
  summary: `${job} cannot be scraped`,
  description: `Prometheus does not get the metrics of ${job} in namespace shop at ${instance}, or not half of the time`,
});

const missing = (job: string, namespace: string, found: number, number: number): ExpectedAlert => ({
  labels: { severity: "warning", namespace, job },
  summary: `${job} has fewer pods than it should have`,
  description: `Prometheus finds ${found} of ${number} targets of ${job} in namespace ${namespace}`,
});

/** The jobs of the tested platform, and as how many targets Prometheus must know them: two of Prometheus, three of Alertmanager. */
const expected: Readonly<Record<string, readonly [namespace: string, number: number]>> = {
  "prometheus-operated": ["observability", 2],
  "alertmanager-operated": ["observability", 3],
  "otel-collector-monitoring": ["observability", 1],
  "otel-sampling-collector-monitoring": ["observability", 2],
  "jaeger-collector-monitoring": ["observability", 1],
  "grafana-service": ["observability", 1],
  "kube-state-metrics": ["observability", 1],
  "victoria-logs": ["observability", 1],
  "logs-collector": ["observability-node-agents", 1],
  "logs-collector-monitoring": ["observability-node-agents", 1],
  "grafana-operator-metrics-service": ["grafana-operator", 1],
  "opentelemetry-operator-controller-manager-metrics-service": ["opentelemetry-operator-system", 1],
  "prometheus-operator": ["prometheus-operator", 1],
  "cert-manager": ["cert-manager", 1],
  kubelet: ["kube-system", 1],
};

/** `up` of all of them, with so many pods fewer, and its samples. */
const targets = (fewer: number, samples: string) =>
  Object.fromEntries(
    Object.entries(expected).flatMap(([job, [namespace, number]]) =>
      Array.from({ length: number }, (_, pod) => [
        `up{namespace="${namespace}",job="${job}",instance="10.0.0.${pod}"}`,
        pod < number - fewer ? constant(1, 60) : samples,
      ]),
    ),
  );

const applicationMetrics: ExpectedAlert = {
  labels: { severity: "critical", namespace: "observability", job: "otel-collector" },
  summary: "The way of the applications' metrics is not available",
  description:
    "No pod of otel-collector in namespace observability answers Prometheus, or not half of the time: " +
    "no objective of a service is watched",
};

const volume =
  'namespace="kube-system",job="kubelet",exported_namespace="observability",persistentvolumeclaim="prometheus-db"';

export const platformCases: AlertCases = {
  TargetDown: [
    {
      when: "a target of a team does not answer, another does",
      series: {
        'up{namespace="shop",job="shop",instance="10.0.0.7:8080"}': "1 1 1 0x20",
        'up{namespace="shop",job="shop",instance="10.0.0.8:8080"}': constant(1, 20),
      },
      at: { "7m": [], "9m": [down("10.0.0.7:8080")] },
    },
    {
      when: "a target falls over again and again; others are away for some minutes, come late or go for good",
      series: {
        'up{namespace="shop",job="shop",instance="falls-over"}': fallsOver,
        'up{namespace="shop",job="shop",instance="away-once"}': "1x40 0x3 1x300",
        'up{namespace="shop",job="shop",instance="comes-late"}': "_x40 0x3 1x300",
        'up{namespace="shop",job="shop",instance="goes"}': "1x40 0x2 stale",
        'up{namespace="shop",job="shop",instance="half"}': halfOfTheTime,
      },
      at: {
        "36m": [],
        "46m": [down("falls-over")],
        "50m": [down("falls-over")],
        "2h": [down("falls-over")],
        "4h": [down("falls-over"), down("half")],
        "5h": [down("falls-over")],
      },
    },
  ],
  TargetsMissing: [
    {
      when: "one pod of each has no address from the fifth minute on",
      series: targets(1, "1x5 stale"),
      at: {
        "18m": [],
        "23m": Object.entries(expected).map(([job, [namespace, number]]) =>
          missing(job, namespace, number - 1, number),
        ),
      },
    },
    {
      when: "one pod of each moves to another node",
      series: targets(1, "1x5 stale _x8 1x60"),
      at: { "18m": [], "23m": [] },
    },
    { when: "there are more of each, some do not answer", series: targets(0, ""), at: { "23m": [], "50m": [] } },
  ],
  CollectorUnavailable: unavailable(
    "otel-collector-monitoring",
    "The collector is not available",
    "no telemetry arrives",
  ),
  ApplicationMetricsUnavailable: [
    ...unavailable(
      "otel-collector",
      "The way of the applications' metrics is not available",
      "no objective of a service is watched",
    ),
    {
      when: "only the port with the histograms fails, and only another one",
      series: {
        [up("otel-collector")]: "1 1 1 0x20 1x60",
        ...Object.fromEntries(
          ["sum", "now", "span"].map((kind) => [up("otel-collector", `prometheus-${kind}`), "1x50 0x33"]),
        ),
      },
      at: { "7m": [], "9m": [applicationMetrics], "45m": [], "75m": [] },
    },
    {
      when: "they come again: services are heard later",
      series: { [up("otel-collector")]: "1x20 0x30 1x60", [up("otel-collector-monitoring")]: constant(1, 120) },
      at: {
        "22m": [],
        "45m": [applicationMetrics],
        "60m": [applicationMetrics],
        "75m": [],
      },
    },
  ],
  TailSamplerUnavailable: unavailable(
    "otel-sampling-collector-monitoring",
    "The second tier of collectors is not available",
    "no trace is kept",
  ),
  JaegerUnavailable: unavailable("jaeger-collector-monitoring", "Jaeger is not available", "no trace is kept or found"),
  GrafanaUnavailable: unavailable("grafana-service", "Grafana is not available", "no dashboard can be opened"),
  VolumeNearlyFull: [
    {
      when: "4.5 % of a volume is left",
      series: {
        [`kubelet_volume_stats_available_bytes{${volume}}`]: constant(45, 30),
        [`kubelet_volume_stats_capacity_bytes{${volume}}`]: constant(1000, 30),
      },
      at: {
        "14m": [],
        "16m": [
          {
            labels: {
              severity: "critical",
              namespace: "observability",
              job: "kubelet",
              exported_namespace: "observability",
              persistentvolumeclaim: "prometheus-db",
            },
            summary: "Volume prometheus-db is nearly full",
            description:
              "4.5% of volume prometheus-db in namespace observability is left: without room nothing is stored",
          },
        ],
      },
    },
    {
      when: "5.5 % of a volume is left, nothing of one that is only read, and a team's target says otherwise",
      series: {
        [`kubelet_volume_stats_available_bytes{${volume}}`]: constant(55, 30),
        [`kubelet_volume_stats_capacity_bytes{${volume}}`]: constant(1000, 30),
        [`kubelet_volume_stats_available_bytes{${volume.replace("kube-system", "shop")}}`]: constant(0, 30),
        [`kubelet_volume_stats_capacity_bytes{${volume.replace("kube-system", "shop")}}`]: constant(1000, 30),
        'kubelet_volume_stats_available_bytes{namespace="kube-system",job="kubelet",exported_namespace="shop",persistentvolumeclaim="snapshot"}':
          constant(0, 30),
        'kubelet_volume_stats_capacity_bytes{namespace="kube-system",job="kubelet",exported_namespace="shop",persistentvolumeclaim="snapshot"}':
          constant(1000, 30),
        'kube_persistentvolumeclaim_access_mode{namespace="shop",persistentvolumeclaim="snapshot",access_mode="ReadOnlyMany"}':
          constant(1, 30),
      },
      at: { "25m": [] },
    },
  ],
};
