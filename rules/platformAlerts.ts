import { histogramsPort, jobs, kubeletNamespace, namespaces } from "../catalog/names.ts";
import { certificateAlerts } from "./certificateAlerts.ts";
import { type ExpectedTargets, expectedTargets, jaegerJob, type PlatformSize } from "./expectedTargets.ts";
import { platformJob } from "./platformJob.ts";
import { alert, type AlertingRule, type RecordingRule, type Rule, type RuleGroup } from "./rule.ts";

/** 1 while any pod of a part answers Prometheus, else 0. */
const available = "platform:available:bool";

/** Whose metrics name another namespace than their own: a team's could name any. */
const ofKubelets = platformJob(jobs.kubelet, kubeletNamespace);

/** Volumes that nobody writes to may be full. Without metrics of the cluster none is known as such. */
const readOnly =
  'label_replace(kube_persistentvolumeclaim_access_mode{access_mode="ReadOnlyMany"}, "exported_namespace", "$1", "namespace", "(.+)")';

/**
 * Alerts about the parts that are installed: whether they are there, and whether their certificates will last.
 *
 * @param settings which parts there are, and how many pods
 */
export function platformAlerts(settings: PlatformSize): RuleGroup[] {
  const { parts, jaegerEngine, collector } = settings;
  const now: RuleGroup = {
    name: "platform",
    rules: [
      alert({
        name: "TargetDown",
        severity: "warning",
        expr: mostlyDown("up"),
        for: "5m",
        summary: "{{ $labels.job }} cannot be scraped",
        description:
          "Prometheus does not get the metrics of {{ $labels.job }} in namespace {{ $labels.namespace }} at {{ $labels.instance }}, or not half of the time",
      }),
      ...unavailable("CollectorUnavailable", "The collector", jobs.collector, "no telemetry arrives"),
      // What it says about itself may come while what it says about applications does not.
      ...unavailable(
        "ApplicationMetricsUnavailable",
        "The way of the applications' metrics",
        jobs.applications,
        "no objective of a service is watched",
        {
          // The largest of its ports may fail by itself.
          matcher: `endpoint="${histogramsPort}"`,
          // Services are heard again later than the collector that they send to.
          keepFiringFor: "10m",
        },
      ),
      ...(parts.jaeger
        ? unavailable("JaegerUnavailable", "Jaeger", jaegerJob(jaegerEngine), "no trace is kept or found")
        : []),
      ...(collector.tailSampling.enabled
        ? unavailable("TailSamplerUnavailable", "The second tier of collectors", jobs.tailSampler, "no trace is kept")
        : []),
      ...(parts.grafana
        ? unavailable("GrafanaUnavailable", "Grafana", jobs.grafana, "no dashboard can be opened")
        : []),
    ],
  };
  const slow: RuleGroup = {
    name: "platform-slow",
    // They wait for a quarter of an hour, or look days ahead.
    interval: "2m",
    rules: [
      ...expectedTargets(settings).map(targetsMissing),
      alert({
        name: "VolumeNearlyFull",
        severity: "critical",
        // Prometheus keeps itself below 85 % and goes above it for a while when it compacts.
        expr:
          `kubelet_volume_stats_available_bytes{${ofKubelets}} / kubelet_volume_stats_capacity_bytes{${ofKubelets}} < 0.05` +
          ` unless on (exported_namespace, persistentvolumeclaim) ${readOnly}`,
        for: "15m",
        // `namespace` is that of the kubelets.
        labels: { namespace: "{{ $labels.exported_namespace }}" },
        summary: "Volume {{ $labels.persistentvolumeclaim }} is nearly full",
        description:
          "{{ $value | humanizePercentage }} of volume {{ $labels.persistentvolumeclaim }} in namespace " +
          "{{ $labels.exported_namespace }} is left: without room nothing is stored",
      }),
      ...(parts.certManager ? certificateAlerts() : []),
    ],
  };
  return [now, slow];
}

/**
 * True when a series of 0 and 1 is 0, or was for most of a quarter of an hour, if it is as old as that: each short life of a
 * program that falls over again and again would begin the wait anew.
 */
function mostlyDown(series: string): string {
  return `${series} == 0 or (${series} and avg_over_time(${series}[15m]) < 0.5 and ${series} offset 15m)`;
}

/** What tells one port of a program from its others, and how long an alert stays after its end. */
interface Unavailable {
  readonly matcher?: string;
  readonly keepFiringFor?: string;
}

/** No pod of a part answers: none that is scraped and up, or none that is there at all. */
function unavailable(name: string, part: string, job: string, consequence: string, more: Unavailable = {}): Rule[] {
  const { observability } = namespaces;
  const labels = { namespace: observability, job };
  const { matcher, keepFiringFor } = more;
  const targets = [platformJob(job), matcher].filter((each) => each !== undefined).join(",");
  const state: RecordingRule = { record: available, expr: `max(up{${targets}}) or vector(0)`, labels };
  return [
    state,
    alert({
      name,
      severity: "critical",
      expr: mostlyDown(`${available}{${platformJob(job)}}`),
      // Longer than a pod that moves to another node takes.
      for: "5m",
      ...(keepFiringFor === undefined ? {} : { keepFiringFor }),
      // Those of TargetDown, so that this one silences it.
      labels,
      summary: `${part} is not available`,
      description: `No pod of ${job} in namespace ${observability} answers Prometheus, or not half of the time: ${consequence}`,
    }),
  ];
}

/** A pod without an address is no target, and what is no target is not down: one that waits for its volume, or is scaled to none. */
function targetsMissing({ job, namespace, number }: ExpectedTargets): AlertingRule {
  return alert({
    name: "TargetsMissing",
    severity: "warning",
    expr: `(count(up{${platformJob(job, namespace)}}) or vector(0)) < ${number}`,
    // A node that is drained, and a pod that starts elsewhere.
    for: "15m",
    labels: { namespace, job },
    summary: `${job} has fewer pods than it should have`,
    description: `Prometheus finds {{ $value }} of ${number} targets of ${job} in namespace ${namespace}`,
  });
}
