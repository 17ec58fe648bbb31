import type { Volume, VolumeMount } from "../customResources/common.ts";

/** Where a pod finds its certificate, its key and the CA. */
export const tlsFolder = "/tls";

/** Key of cert-manager's Secrets that has the CA. */
export const caKey = "ca.crt";

/** The CA of the platform. Programs read it when they start: the CA keeps its key for as long as it is there. */
export const caFile = `${tlsFolder}/${caKey}`;

/** The certificate and its key, which cert-manager replaces. */
export const certificateFiles = { certificate: `${tlsFolder}/tls.crt`, key: `${tlsFolder}/tls.key` } as const;

/** TLS of what a collector listens with. With the interval a new certificate is taken in at a handshake, and nothing starts anew. */
export const serverTls = {
  tls: { cert_file: certificateFiles.certificate, key_file: certificateFiles.key, reload_interval: "10s" },
};

/**
 * TLS of a collector's exporter, which trusts the CA of the platform alone.
 *
 * @param serverName name in the certificate, where it is sent to addresses. @default that of the endpoint
 */
export function exporterTls(serverName?: string) {
  return { tls: { ca_file: caFile, ...(serverName === undefined ? {} : { server_name_override: serverName }) } };
}

/** The volume with a Secret of cert-manager's, and its mount. The kubelet renews the files when the Secret changes. */
export function tlsVolume(secretName: string): { volumes: [Volume]; volumeMounts: [VolumeMount] } {
  return {
    volumes: [{ name: "tls", secret: { secretName } }],
    volumeMounts: [{ name: "tls", mountPath: tlsFolder, readOnly: true }],
  };
}
