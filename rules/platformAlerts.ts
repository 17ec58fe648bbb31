import { jobs, kubeletNamespace, namespaces } from "../components/names.ts";
import type { Settings } from "../components/settings.ts";
import { platformJob } from "./platformJob.ts";
import { alert, type AlertingRule, type RuleGroup } from "./rule.ts";

/** Whose metrics name another namespace than their own: a team's could name any. */
const ofKubelets = platformJob(jobs.kubelet, kubeletNamespace);
const ofCertManager = platformJob(jobs.certManager, namespaces.certManager);

/**
 * Alerts about the parts that are installed: whether they are there, and whether their certificates will last.
 *
 * @param settings which parts there are
 */
export function platformAlerts(settings: Pick<Settings, "jaegerEngine" | "parts">): RuleGroup {
  const { parts, jaegerEngine } = settings;
  const jaegerJob = jaegerEngine === "v2" ? jobs.jaeger : jobs.jaegerV1;
  return {
    name: "platform",
    rules: [
      alert({
        name: "TargetDown",
        severity: "warning",
        expr: "up == 0",
        for: "5m",
        summary: "{{ $labels.job }} cannot be scraped",
        description:
          "Prometheus does not get the metrics of {{ $labels.job }} in namespace {{ $labels.namespace }} at {{ $labels.instance }}",
      }),
      unavailable("CollectorUnavailable", "The collector", jobs.collector, "no telemetry arrives"),
      ...(parts.jaeger ? [unavailable("JaegerUnavailable", "Jaeger", jaegerJob, "no trace is kept or found")] : []),
      ...(parts.grafana ? [unavailable("GrafanaUnavailable", "Grafana", jobs.grafana, "nobody sees a dashboard")] : []),
      alert({
        name: "VolumeNearlyFull",
        severity: "critical",
        // Prometheus keeps itself below 85 % and goes above it for a while when it compacts.
        expr:
          `kubelet_volume_stats_available_bytes{${ofKubelets},exported_namespace="${namespaces.observability}"}` +
          ` / kubelet_volume_stats_capacity_bytes{${ofKubelets}} < 0.05`,
        for: "15m",
        // `namespace` is that of the kubelets.
        labels: { namespace: namespaces.observability },
        summary: "Volume {{ $labels.persistentvolumeclaim }} is nearly full",
        description:
          "{{ $value | humanizePercentage }} of volume {{ $labels.persistentvolumeclaim }} is left: without room nothing is " +
          "stored",
      }),
      ...(parts.certManager ? [certificateExpires("warning", "14d"), certificateExpires("critical", "3d")] : []),
    ],
  };
}

/** No pod of a part answers: none that is scraped and up, or none that is there at all. */
function unavailable(name: string, part: string, job: string, consequence: string): AlertingRule {
  const { observability } = namespaces;
  return alert({
    name,
    severity: "critical",
    expr: `absent(up{${platformJob(job)}} == 1)`,
    // Longer than a pod that moves to another node takes.
    for: "5m",
    // What is absent has no labels; those of TargetDown, so that this one silences it.
    labels: { namespace: observability, job },
    summary: `${part} is not available`,
    description: `No pod of ${job} in namespace ${observability} answers Prometheus: ${consequence}`,
  });
}

/**
 * A certificate whose renewal is overdue; one that lives for days only is always close to its end. One that was never issued
 * has the time 0.
 */
function certificateExpires(severity: "critical" | "warning", left: string): AlertingRule {
  const seconds = Number.parseInt(left) * 86_400;
  return alert({
    name: "CertificateExpiresSoon",
    severity,
    expr:
      `certmanager_certificate_expiration_timestamp_seconds{${ofCertManager}} - time() < ${seconds}` +
      ` and certmanager_certificate_renewal_timestamp_seconds{${ofCertManager}} < time() - 3600` +
      ` and certmanager_certificate_expiration_timestamp_seconds{${ofCertManager}} > 0`,
    for: "10m",
    // `namespace` is that of cert-manager, which shows the metric.
    labels: { namespace: "{{ $labels.exported_namespace }}" },
    summary: "Certificate {{ $labels.name }} was not renewed",
    description:
      "Certificate {{ $labels.name }} in namespace {{ $labels.exported_namespace }} ends in {{ $value | humanizeDuration }} and " +
      "its renewal is overdue",
  });
}
