import { jobs, namespaces } from "../catalog/names.ts";
import { platformJob } from "./platformJob.ts";
import { alert, type AlertingRule } from "./rule.ts";

/** The metrics name other namespaces than their own: a team's target could name any. */
const ofCertManager = platformJob(jobs.certManager, namespaces.certManager);
const expiration = `certmanager_certificate_expiration_timestamp_seconds{${ofCertManager}}`;
const renewal = `certmanager_certificate_renewal_timestamp_seconds{${ofCertManager}}`;

/** `namespace` is that of cert-manager, which shows the metrics. */
const labels = { namespace: "{{ $labels.exported_namespace }}" };

const certificate = "Certificate {{ $labels.name }} in namespace {{ $labels.exported_namespace }}";

/** Alerts about the certificates that cert-manager looks after. */
export function certificateAlerts(): AlertingRule[] {
  return [
    certificateExpires("warning", "14d"),
    certificateExpires("critical", "3d"),
    alert({
      name: "CertificateNotIssued",
      severity: "warning",
      // One that was never issued has the time 0.
      expr: `${expiration} == 0`,
      // An issuer outside the cluster may take its time.
      for: "1h",
      labels,
      summary: "Certificate {{ $labels.name }} was never issued",
      description: `${certificate} was asked for an hour ago and does not exist: what needs it does not start`,
    }),
  ];
}

/**
 * A certificate whose renewal is overdue; one that lives for days only is always close to its end. Overdue is an hour, or a quarter
 * of the time between renewal and end where that is less: one that lives for an hour is told of before it ends.
 */
function certificateExpires(severity: "critical" | "warning", left: string): AlertingRule {
  const seconds = Number.parseInt(left) * 86_400;
  return alert({
    name: "CertificateExpiresSoon",
    severity,
    expr:
      `${expiration} - time() < ${seconds}` +
      ` and ${renewal} + clamp_max((${expiration} - ${renewal}) / 4, 3600) < time()` +
      ` and ${expiration} > 0`,
    // For cert-manager's own start; the grace is in the expression.
    for: "2m",
    labels,
    summary: "Certificate {{ $labels.name }} was not renewed",
    description:
      `${certificate} {{ if gt $value 0.0 }}ends in {{ $value | humanizeDuration }}{{ else }}has ended{{ end }} and ` +
      "its renewal is overdue",
  });
}
