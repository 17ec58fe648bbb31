import type { CertificateSpec, IssuerSpec } from "../customResources/certificates.ts";
import { resources } from "../../catalog/names.ts";

/** The stack's own issuer; undefined where the setting `access.issuer` names one of the site's. */
export function issuerSpec(issuer: string): IssuerSpec | undefined {
  if (issuer === "self-signed") return { selfSigned: {} };
  const { kind, name } = named(issuer);
  return kind === "Secret" ? { ca: { secretName: name } } : undefined;
}

/**
 * One certificate for all hosts.
 *
 * @param issuer the setting `access.issuer`
 */
export function certificateSpec(issuer: string, hosts: readonly string[]): CertificateSpec {
  const { kind, name } = named(issuer);
  const own = issuerSpec(issuer) !== undefined;
  return {
    secretName: resources.publicCertificate,
    dnsNames: [...hosts],
    // Signed by itself it would have an issuer without a name, which X.509 forbids and strict clients refuse.
    ...(issuer === "self-signed" ? { commonName: resources.publicCertificate } : {}),
    issuerRef: {
      group: "cert-manager.io",
      kind: kind === "ClusterIssuer" ? kind : "Issuer",
      name: own ? resources.publicCertificate : name,
    },
    // A key that somebody has read is worth nothing after the next renewal.
    privateKey: { rotationPolicy: "Always" },
  };
}

function named(issuer: string): { kind: string; name: string } {
  const [kind = "", name = ""] = issuer.split("/");
  return { kind, name };
}
