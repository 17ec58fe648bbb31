import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../settings/read.ts";

const parse = (tls: object, more: Readonly<Record<string, string>> = {}) =>
  parseSettings({ tls: JSON.stringify(tls), ...more });
const withoutCertManager = { parts: '{"certManager":false}' };

/** What is wrong, the settings, and the line about it. */
const wrong: readonly [string, object, Readonly<Record<string, string>>, string][] = [
  [
    "a CA of its own in a cert-manager that it does not know",
    { applications: true },
    withoutCertManager,
    "tls.issuer is empty, but parts.certManager is false: where the cluster's cert-manager looks for a CA is not known; set it to a " +
      "ClusterIssuer of the cluster",
  ],
  [
    "who signs nothing",
    { issuer: "ClusterIssuer/company-ca" },
    {},
    "tls.issuer is set, but tls.internal and tls.applications are false: nothing would be signed",
  ],
  [
    "an issuer of one namespace",
    { internal: true, issuer: "Issuer/company-ca" },
    {},
    'tls.issuer is "Issuer/company-ca": must be empty, or ClusterIssuer/NAME such as ClusterIssuer/company-ca',
  ],
  [
    "namespaces that need no CA",
    { applicationNamespaces: ["orders"] },
    {},
    "tls.applicationNamespaces is set, but tls.applications is false: applications need no CA",
  ],
  [
    "Jaeger v1",
    { internal: true },
    { jaegerEngine: "operator" },
    "tls.internal is true, but jaegerEngine is operator: must be false, or jaegerEngine v2",
  ],
];

describe("the settings of TLS", () => {
  for (const [what, tls, more, line] of wrong) {
    it(`refuse ${what}`, () => {
      assert.throws(
        () => parse(tls, more),
        (error) => error instanceof SettingsError && error.message.includes(line),
      );
    });
  }

  it("take a ClusterIssuer of a cluster that has a cert-manager", () => {
    assert.equal(
      parse({ internal: true, issuer: "ClusterIssuer/company-ca" }, withoutCertManager).tls.issuer,
      "ClusterIssuer/company-ca",
    );
  });

  it("leave Jaeger v1 to who encrypts what applications send", () => {
    assert.equal(parse({ applications: true }, { jaegerEngine: "operator" }).tls.applications, true);
  });
});
