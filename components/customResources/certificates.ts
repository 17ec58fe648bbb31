/** `spec` of a `cert-manager.io/v1` Certificate, with the fields that this stack sets. */
export interface CertificateSpec {
  secretName: string;
  dnsNames?: string[];
  /** Where it is no host's. */
  commonName?: string;
  isCA?: boolean;
  /** As Go writes it. @default cert-manager's: 90 days */
  duration?: string;
  /** @default a third of its duration */
  renewBefore?: string;
  /** @default digital signature, key encipherment */
  usages?: ("digital signature" | "server auth" | "client auth")[];
  issuerRef: { group: "cert-manager.io"; kind: "Issuer" | "ClusterIssuer"; name: string };
  privateKey: { algorithm?: "ECDSA"; size?: 256; rotationPolicy: "Always" | "Never" };
}

/** `spec` of a `cert-manager.io/v1` Issuer or ClusterIssuer, with the fields that this stack sets. */
export interface IssuerSpec {
  selfSigned?: { crlDistributionPoints?: string[] };
  /** Signs with the CA in a Secret of the same namespace; a ClusterIssuer's is in cert-manager's. */
  ca?: { secretName: string };
}
