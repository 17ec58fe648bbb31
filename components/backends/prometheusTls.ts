import type { PrometheusSpec, WebSpec } from "../customResources/prometheus.ts";
import type { MonitorEndpoint } from "../customResources/monitors.ts";
import { isEncrypted } from "../../catalog/endpoints.ts";
import { namespaces, resources, serviceHost, services } from "../../catalog/names.ts";
import type { Settings } from "../../settings/read.ts";
import { servedSecrets } from "../tls/certificates.ts";
import { caKey } from "../tls/tlsFiles.ts";

/** Where the Prometheus operator mounts the Secret with Prometheus' certificate, and with the CA. */
const caFile = `/etc/prometheus/secrets/${servedSecrets.prometheus}/${caKey}`;

/** What Prometheus or Alertmanager serves with: it reads the files at each handshake. */
export function webTls(secret: string): WebSpec {
  return {
    tlsConfig: { cert: { secret: { name: secret, key: "tls.crt" } }, keySecret: { name: secret, key: "tls.key" } },
  };
}

/**
 * What Prometheus serves with, and what it knows the CA by: a file, which is read anew, and which the operator need not find when it looks at
 * a monitor. Monitors name no file themselves (`arbitraryFSAccessThroughSMs`), but the class that does.
 */
export function prometheusTls(
  settings: Pick<Settings, "tls" | "access">,
): Pick<PrometheusSpec, "web" | "secrets" | "scrapeClasses"> {
  if (!settings.tls.internal) return {};
  return {
    ...(isEncrypted("prometheus", settings) ? { web: webTls(servedSecrets.prometheus) } : {}),
    secrets: [servedSecrets.prometheus],
    scrapeClasses: [{ name: resources.scrapeClass, tlsConfig: { caFile } }],
  };
}

/** Alertmanager's pods, which are found by their addresses, have the name of their Service in their certificate. */
export function alertmanagerTls(
  settings: Pick<Settings, "tls" | "access">,
): Partial<PrometheusSpec["alerting"]["alertmanagers"][number]> {
  if (!isEncrypted("alertmanager", settings)) return {};
  return {
    scheme: "https",
    tlsConfig: { caFile, serverName: serviceHost(services.alertmanager, namespaces.observability) },
  };
}

/** How Prometheus scrapes what serves over TLS, of a monitor with its scrape class: by the name of a Service in the certificate. */
export function scrapedOverTls(service: string, namespace: string = namespaces.observability) {
  return {
    scheme: "https",
    tlsConfig: { serverName: serviceHost(service, namespace) },
  } as const satisfies Partial<MonitorEndpoint>;
}
