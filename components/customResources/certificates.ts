/** `spec` of a `cert-manager.io/v1` Certificate, with the fields that this stack sets. */
export interface CertificateSpec {
  secretName: string;
  dnsNames: string[];
  issuerRef: { group: "cert-manager.io"; kind: "Issuer" | "ClusterIssuer"; name: string };
  privateKey: { rotationPolicy: "Always" };
}

/** `spec` of a `cert-manager.io/v1` Issuer, with the fields that this stack sets. */
export interface IssuerSpec {
  selfSigned?: { crlDistributionPoints?: string[] };
  /** Signs with the CA in a Secret of the same namespace. */
  ca?: { secretName: string };
}
