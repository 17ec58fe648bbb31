import { type AlertCase, type AlertCases, constant, type ExpectedAlert } from "./alertCase.ts";

const up = (job: string) => `up{namespace="observability",job="${job}",instance="10.0.0.1:8888",pod="${job}-0"}`;

/** A part is away: gone altogether, or there and not answering; and it is there, one of two pods at least. */
function unavailable(job: string, summary: string, consequence: string): AlertCase[] {
  const alert: ExpectedAlert = {
    labels: { severity: "critical", namespace: "observability", job },
    summary,
    description: `No pod of ${job} in namespace observability answers Prometheus: ${consequence}`,
  };
  return [
    {
      when: `${job} does not answer from the third minute on`,
      series: { [up(job)]: "1 1 1 0x20" },
      at: { "7m": [], "9m": [alert] },
    },
    { when: `${job} is not there at all`, series: { 'up{job="other"}': constant(1, 20) }, at: { "9m": [alert] } },
    {
      when: `one of two pods of ${job} answers`,
      series: { [up(job)]: constant(1, 20), [up(job).replace("10.0.0.1", "10.0.0.2")]: constant(0, 20) },
      at: { "15m": [] },
    },
  ];
}

const day = 86_400;
const hour = 3600;

const certificate = (expires: number, renews: number) => {
  const labels =
    'namespace="cert-manager",job="cert-manager",exported_namespace="opentelemetry-operator-system",name="serving-cert"';
  return {
    [`certmanager_certificate_expiration_timestamp_seconds{${labels}}`]: constant(expires, 100),
    [`certmanager_certificate_renewal_timestamp_seconds{${labels}}`]: constant(renews, 100),
  };
};

const expires = (severity: string, left: string): ExpectedAlert => ({
  labels: {
    severity,
    namespace: "opentelemetry-operator-system",
    exported_namespace: "opentelemetry-operator-system",
    job: "cert-manager",
    name: "serving-cert",
  },
  summary: "Certificate serving-cert was not renewed",
  description: `Certificate serving-cert in namespace opentelemetry-operator-system ends in ${left} and its renewal is overdue`,
});

/** The tests' time starts at 0, so 90 minutes after it a renewal that was due at 0 is overdue. */
const certificates: AlertCase[] = [
  {
    when: "13 days are left and the renewal is overdue",
    series: certificate(13 * day + 1.5 * hour, 0),
    at: {
      "1h": [],
      "69m": [],
      "72m": [expires("warning", "13d 0h 18m 0s")],
      "90m": [expires("warning", "13d 0h 0m 0s")],
    },
  },
  {
    when: "14 days and an hour are left",
    series: certificate(14 * day + 2.5 * hour, 0),
    at: { "90m": [] },
  },
  {
    when: "less than three days are left",
    series: certificate(3 * day + 0.5 * hour, 0),
    at: {
      "69m": [],
      "72m": [expires("warning", "2d 23h 18m 0s"), expires("critical", "2d 23h 18m 0s")],
      "90m": [expires("warning", "2d 23h 0m 0s"), expires("critical", "2d 23h 0m 0s")],
    },
  },
  {
    when: "three days and an hour are left",
    series: certificate(3 * day + 2.5 * hour, 0),
    at: { "90m": [expires("warning", "3d 1h 0m 0s")] },
  },
  {
    when: "a team's target shows the metrics of cert-manager",
    series: Object.fromEntries(
      Object.entries(certificate(day, 0)).map(([series, values]) => [
        series.replace('namespace="cert-manager"', 'namespace="shop"'),
        values,
      ]),
    ),
    at: { "90m": [] },
  },
  {
    when: "a certificate was never issued",
    series: certificate(0, 0),
    at: { "90m": [] },
  },
  {
    when: "a certificate that lives for a day is to be renewed later",
    series: certificate(day, 20 * hour),
    at: { "90m": [] },
  },
];

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
      at: {
        "7m": [],
        "9m": [
          {
            labels: { severity: "warning", namespace: "shop", job: "shop", instance: "10.0.0.7:8080" },
            summary: "shop cannot be scraped",
            description: "Prometheus does not get the metrics of shop in namespace shop at 10.0.0.7:8080",
          },
        ],
      },
    },
  ],
  CollectorUnavailable: unavailable(
    "otel-collector-monitoring",
    "The collector is not available",
    "no telemetry arrives",
  ),
  JaegerUnavailable: unavailable("jaeger-collector-monitoring", "Jaeger is not available", "no trace is kept or found"),
  GrafanaUnavailable: unavailable("grafana-service", "Grafana is not available", "nobody sees a dashboard"),
  CertificateExpiresSoon: certificates,
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
            description: "4.5% of volume prometheus-db is left: without room nothing is stored",
          },
        ],
      },
    },
    {
      when: "5.5 % of a volume is left, nothing of one that is not the platform's, and a team's target says otherwise",
      series: {
        [`kubelet_volume_stats_available_bytes{${volume}}`]: constant(55, 30),
        [`kubelet_volume_stats_capacity_bytes{${volume}}`]: constant(1000, 30),
        [`kubelet_volume_stats_available_bytes{${volume.replace("kube-system", "shop")}}`]: constant(0, 30),
        [`kubelet_volume_stats_capacity_bytes{${volume.replace("kube-system", "shop")}}`]: constant(1000, 30),
        'kubelet_volume_stats_available_bytes{namespace="kube-system",job="kubelet",exported_namespace="shop"}':
          constant(0, 30),
        'kubelet_volume_stats_capacity_bytes{namespace="kube-system",job="kubelet",exported_namespace="shop"}':
          constant(1000, 30),
      },
      at: { "25m": [] },
    },
  ],
};
