import type { Incident } from "./incident.ts";

/** Incidents with series of their own: rule groups and messages that fail, certificates. */

export interface OwnSeries {
  readonly incident: Incident;
  /** Values of each minute by series; undefined where there is none. */
  readonly series: Readonly<Record<string, (minute: number) => number | undefined>>;
}

const prometheus = 'namespace="observability",job="prometheus-operated",pod="prometheus-prometheus-0"';
const alertmanager = 'namespace="observability",job="alertmanager-operated",pod="alertmanager-alertmanager-0"';

/** A counter that grows by one at each interval of a time. */
const growing = (start: number, end: number, interval: number) => (minute: number) =>
  minute < start ? 0 : Math.floor((Math.min(minute, end) - start) / interval) + 1;

/** A group of seven, ten or fifteen minutes whose rules fail each time. */
export function failingGroup(index: number, start: number, random: () => number): OwnSeries {
  const interval = [7, 10, 15][index % 3] ?? 7;
  const end = start + 60 + Math.round(120 * random());
  const group = `rules-${index}`;
  const labels = `${prometheus},rule_group="${group}"`;
  return {
    incident: {
      ...{ kind: "10", start, end, size: 3, promise: 20, holds: end - 1, tail: 25 },
      must: { alert: "PrometheusRuleFailed", labels: { rule_group: group } },
      may: [{ alert: "PrometheusRuleFailed", labels: { rule_group: group } }],
    },
    series: {
      [`prometheus_rule_evaluation_failures_total{${labels}}`]: growing(start, end, interval),
      [`prometheus_rule_group_interval_seconds{${labels}}`]: () => interval * 60,
    },
  };
}

/** A message that fails at each interval of its group, a quarter of an hour. */
export function failingMessage(index: number, start: number, random: () => number): OwnSeries {
  const end = start + 90 + Math.round(120 * random());
  const integration = `integration-${index}`;
  return {
    incident: {
      ...{ kind: "10", start, end, size: 3, promise: 40, holds: end - 1, tail: 45 },
      must: { alert: "AlertDeliveryFailed", labels: { integration } },
      may: [{ alert: "AlertDeliveryFailed", labels: { integration } }],
    },
    series: {
      [`alertmanager_notifications_failed_total{${alertmanager},integration="${integration}",reason="other"}`]: growing(
        start,
        end,
        15,
      ),
    },
  };
}

const certificate = (
  name: string,
  expires: (minute: number) => number,
  renews: (minute: number) => number,
  from: number,
) => {
  const labels = `namespace="cert-manager",job="cert-manager",exported_namespace="shop",name="${name}"`;
  const since = (value: (minute: number) => number) => (minute: number) =>
    minute < from ? undefined : value(minute) * 60;
  return {
    [`certmanager_certificate_expiration_timestamp_seconds{${labels}}`]: since(expires),
    [`certmanager_certificate_renewal_timestamp_seconds{${labels}}`]: since(renews),
  };
};

const quarter = 90 * 1440;

/** A certificate that is not issued for more than an hour, or nearly so long. */
export function unissuedCertificate(near: boolean, index: number, start: number, random: () => number): OwnSeries {
  const duration = near ? (index % 2 === 0 ? 50 : 70) : 100 + Math.round(300 * random());
  const end = start + duration;
  const name = `never-${index}`;
  const must = { alert: "CertificateNotIssued", labels: { name, namespace: "shop" } };
  return {
    incident: {
      ...{ kind: "11", start, end, size: duration / 60, promise: 64 },
      ...(duration > 60 ? { must, may: [must], tail: 3 } : { may: [], tail: 0 }),
    },
    series: certificate(
      name,
      (minute) => (minute < end ? 0 : end + quarter),
      (minute) => (minute < end ? 0 : end + quarter * 0.7),
      start,
    ),
  };
}

/** A certificate that lives for an hour and is not renewed: it must be told before its end. */
export function overdueCertificate(index: number, start: number, random: () => number): OwnSeries {
  const left = 20 + Math.round(25 * random());
  const end = start + left + 60;
  const name = `short-${index}`;
  const must = { alert: "CertificateExpiresSoon", labels: { name, namespace: "shop" } };
  return {
    incident: { kind: "11", start, end, size: 2, must, promise: left - 1, holds: end - 1, may: [must], tail: 3 },
    series: certificate(
      name,
      (minute) => (minute < end ? start + left : end + quarter),
      (minute) => (minute < end ? start : end + quarter * 0.7),
      start - 30,
    ),
  };
}
