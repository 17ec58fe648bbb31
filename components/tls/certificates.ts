import type { CertificateSpec, IssuerSpec } from "../customResources/certificates.ts";
import { isEncrypted } from "../../catalog/endpoints.ts";
import { namespaces, resources, services } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";

/** Issuer of the CA's own certificate, in cert-manager's namespace, where a ClusterIssuer looks for its CA. */
export const caIssuer: IssuerSpec = { selfSigned: {} };

/** The ClusterIssuer that signs with the CA. */
export const clusterIssuer: IssuerSpec = { ca: { secretName: resources.internalCa } };

/** A CA for ten years. Its renewal keeps the key, so that what was signed before stays valid, and programs that know the former trust it. */
export const caCertificate: CertificateSpec = {
  secretName: resources.internalCa,
  commonName: "fluffy-observability",
  isCA: true,
  duration: "87600h",
  issuerRef: { group: "cert-manager.io", kind: "Issuer", name: resources.internalCa },
  privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
};

/** Whose certificates the stack makes: Secret, its namespace, and the Services there whose names are in it. */
export interface Served {
  readonly secret: string;
  readonly namespace: string;
  readonly services: readonly string[];
}

/** The Secret of a workload's certificate. */
export const servedSecrets = {
  collector: `${resources.collector}-tls`,
  tailSampler: `${resources.tailSampler}-tls`,
  logAgent: `${resources.logAgent}-tls`,
  jaeger: `${resources.jaeger}-tls`,
  logs: `${resources.logs}-tls`,
  prometheus: `${resources.prometheus}-tls`,
  alertmanager: `${resources.alertmanager}-tls`,
} as const;

/** What serves over TLS, by the settings. */
export function served(settings: Pick<Settings, "tls" | "access" | "parts" | "logs" | "collector">): Served[] {
  const { tls, parts, logs, collector } = settings;
  const namespace = namespaces.observability;
  const internally = (on: boolean, secret: string, ...own: string[]) =>
    tls.internal && on ? [{ secret, namespace, services: own }] : [];
  const ofCollector = { secret: servedSecrets.collector, namespace, services: [services.collector] };
  const ofAgents = { secret: servedSecrets.logAgent, namespace: namespaces.nodeAgents, services: [services.logAgent] };
  return [
    ...(tls.applications || tls.internal ? [ofCollector] : []),
    ...(tls.internal && parts.logs ? [ofAgents] : []),
    ...internally(collector.tailSampling.enabled, servedSecrets.tailSampler, services.tailSamplerPods),
    ...internally(parts.jaeger, servedSecrets.jaeger, services.jaegerOtlp, services.jaegerQuery),
    ...internally(parts.logs && logs.otlpEndpoint === "", servedSecrets.logs, services.logs),
    // Prometheus has the CA from it too, for what it asks.
    ...internally(true, servedSecrets.prometheus, services.prometheus),
    ...internally(isEncrypted("alertmanager", settings), servedSecrets.alertmanager, services.alertmanager),
  ];
}

/** The certificate of what serves: for ninety days, renewed thirty days before they end. */
export function servedCertificate({ secret, namespace, services: own }: Served, issuer: string): CertificateSpec {
  return {
    secretName: secret,
    dnsNames: own.flatMap((service) => [
      `${service}.${namespace}.svc`,
      `${service}.${namespace}.svc.cluster.local`,
      `${service}.${namespace}`,
    ]),
    duration: "2160h",
    renewBefore: "720h",
    usages: ["digital signature", "server auth"],
    ...signed(issuer),
  };
}

/**
 * What brings the CA into a namespace: cert-manager writes it beside each certificate that it issues. The certificate itself serves
 * nothing, and opens nothing.
 *
 * @param issuer the setting `tls.issuer`
 */
export function caCopy(issuer: string): CertificateSpec {
  return {
    secretName: resources.otlpCa,
    commonName: resources.otlpCa,
    duration: "2160h",
    renewBefore: "720h",
    usages: ["digital signature", "client auth"],
    ...signed(issuer),
  };
}

/** The namespaces that get the CA and no certificate that serves. */
export function caNamespaces({ tls, parts }: Pick<Settings, "tls" | "parts">): string[] {
  if (!tls.applications) return [];
  return [...new Set([...(parts.sampleApi ? [namespaces.sampleApi] : []), ...tls.applicationNamespaces])];
}

function signed(issuer: string): Pick<CertificateSpec, "issuerRef" | "privateKey"> {
  const name = issuer === "" ? resources.internalCa : issuer.replace("ClusterIssuer/", "");
  return {
    issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name },
    privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
  };
}
