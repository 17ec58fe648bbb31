import { type AlertCase, type AlertCases, constant, type ExpectedAlert } from "./alertCase.ts";

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

/** The same series from a target of a team. */
const ofTeam = (series: AlertCase["series"]): AlertCase["series"] =>
  Object.fromEntries(
    Object.entries(series).map(([name, values]) => [
      name.replace('namespace="cert-manager"', 'namespace="shop"'),
      values,
    ]),
  );

const expires = (severity: string, left: string): ExpectedAlert => ({
  labels: {
    severity,
    namespace: "opentelemetry-operator-system",
    exported_namespace: "opentelemetry-operator-system",
    job: "cert-manager",
    name: "serving-cert",
  },
  summary: "Certificate serving-cert was not renewed",
  description: `Certificate serving-cert in namespace opentelemetry-operator-system ${left} and its renewal is overdue`,
});
const notIssued: ExpectedAlert = {
  ...expires("warning", ""),
  summary: "Certificate serving-cert was never issued",
  description:
    "Certificate serving-cert in namespace opentelemetry-operator-system was asked for an hour ago and does not exist: " +
    "what needs it does not start",
};

/** The tests' time starts at 0, so 90 minutes after it a renewal that was due at 0 is overdue. */
const certificates: AlertCase[] = [
  {
    when: "13 days are left and the renewal is overdue",
    series: certificate(13 * day + 1.5 * hour, 0),
    at: {
      "1h": [],
      "61m": [],
      "64m": [expires("warning", "ends in 13d 0h 26m 0s")],
      "90m": [expires("warning", "ends in 13d 0h 0m 0s")],
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
      "61m": [],
      "64m": [expires("warning", "ends in 2d 23h 26m 0s"), expires("critical", "ends in 2d 23h 26m 0s")],
      "90m": [expires("warning", "ends in 2d 23h 0m 0s"), expires("critical", "ends in 2d 23h 0m 0s")],
    },
  },
  {
    when: "three days and an hour are left",
    series: certificate(3 * day + 2.5 * hour, 0),
    at: { "90m": [expires("warning", "ends in 3d 1h 0m 0s")] },
  },
  {
    when: "a certificate was never issued",
    series: certificate(0, 0),
    at: { "90m": [] },
  },
  {
    when: "a certificate that should have been renewed at the start ends in 40 minutes, and does",
    series: certificate(40 * 60, 0),
    at: {
      "9m": [],
      "13m": [expires("warning", "ends in 27m 0s"), expires("critical", "ends in 27m 0s")],
      "71m": [expires("warning", "has ended"), expires("critical", "has ended")],
    },
  },
  {
    when: "a certificate that ends in five minutes is renewed within one",
    series: {
      'certmanager_certificate_expiration_timestamp_seconds{namespace="cert-manager",job="cert-manager",name="a",exported_namespace="b"}':
        "300 3600x50",
      'certmanager_certificate_renewal_timestamp_seconds{namespace="cert-manager",job="cert-manager",name="a",exported_namespace="b"}':
        "0 3300x50",
    },
    at: { "3m": [], "5m": [], "30m": [] },
  },
  {
    when: "a team's target shows the metrics of cert-manager",
    series: ofTeam(certificate(day, 0)),
    at: { "90m": [] },
  },
  {
    when: "a certificate that lives for a day is to be renewed later",
    series: certificate(day, 20 * hour),
    at: { "90m": [] },
  },
];

export const certificateCases: AlertCases = {
  CertificateExpiresSoon: certificates,
  CertificateNotIssued: [
    {
      when: "a team's target shows a certificate of cert-manager that was never issued",
      series: ofTeam(certificate(0, 0)),
      at: { "90m": [] },
    },
    { when: "a certificate was never issued", series: certificate(0, 0), at: { "58m": [], "62m": [notIssued] } },
    {
      when: "a certificate is issued after half an hour",
      series: {
        'certmanager_certificate_expiration_timestamp_seconds{namespace="cert-manager",job="cert-manager",name="a",exported_namespace="b"}': `0x30 ${90 * day}x90`,
      },
      at: { "28m": [], "62m": [], "90m": [] },
    },
  ],
};
