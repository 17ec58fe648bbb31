import assert from "node:assert/strict";
import { certificateSpec, issuerSpec } from "../../../components/access/certificate.ts";

const hosts = ["grafana.example.org", "prometheus.example.org"];

describe("the certificate of the public hosts", () => {
  it("is signed by itself, or by a CA in a Secret, by an issuer of the stack", () => {
    assert.deepEqual(issuerSpec("self-signed"), { selfSigned: {} });
    assert.deepEqual(issuerSpec("Secret/company-ca"), { ca: { secretName: "company-ca" } });
    for (const issuer of ["self-signed", "Secret/company-ca"]) {
      const { issuerRef } = certificateSpec(issuer, hosts);
      assert.deepEqual(issuerRef, { group: "cert-manager.io", kind: "Issuer", name: "public-hosts" });
    }
  });

  it("is signed by an issuer of the site, which the stack does not make", () => {
    for (const kind of ["Issuer", "ClusterIssuer"]) {
      assert.equal(issuerSpec(`${kind}/letsencrypt`), undefined);
      const { issuerRef } = certificateSpec(`${kind}/letsencrypt`, hosts);
      assert.deepEqual(issuerRef, { group: "cert-manager.io", kind, name: "letsencrypt" });
    }
  });

  it("names its issuer where it signs itself", () => {
    const names = ["self-signed", "Secret/company-ca", "ClusterIssuer/letsencrypt"].map(
      (issuer) => certificateSpec(issuer, hosts).commonName,
    );
    assert.deepEqual(names, ["public-hosts", undefined, undefined]);
  });

  it("is for every host", () => {
    assert.deepEqual(certificateSpec("self-signed", hosts).dnsNames, hosts);
  });
});
