import assert from "node:assert/strict";
import {
  caCertificate,
  caCopy,
  caNamespaces,
  served,
  servedCertificate,
} from "../../../components/tls/certificates.ts";
import { variants } from "../../../review/program/variants.ts";
import { parseSettings } from "../../../settings/read.ts";

const settingsFor = (tls: object, more: Readonly<Record<string, string>> = {}) =>
  parseSettings({ tls: JSON.stringify(tls), ...more });
const secrets = (tls: object, more: Readonly<Record<string, string>> = {}) =>
  served(settingsFor(tls, more)).map(({ secret }) => secret);
const tailSampling = { collector: '{"tailSampling":{"enabled":true}}', instrumentation: '{"samplingRatio":1}' };

describe("what serves over TLS", () => {
  it("is the collector, where applications send so", () => {
    assert.deepEqual(secrets({ applications: true }), ["otel-tls"]);
  });

  it("is each part that takes data from another or is asked for it, where it is there", () => {
    const monitoring = ["prometheus-tls", "alertmanager-tls"];
    assert.deepEqual(secrets({ internal: true }), [
      ...["otel-tls", "logs-tls", "jaeger-tls", "victoria-logs-tls", ...monitoring],
    ]);
    assert.deepEqual(secrets({ internal: true }, tailSampling), [
      ...["otel-tls", "logs-tls", "otel-sampling-tls", "jaeger-tls", "victoria-logs-tls", ...monitoring],
    ]);
    const elsewhere = {
      parts: '{"jaeger":false}',
      jaeger: '{"endpoint":"jaeger.example.org:4317","url":"https://jaeger.example.org"}',
      logs: '{"otlpEndpoint":"https://logs.example.org"}',
    };
    assert.deepEqual(secrets({ internal: true }, elsewhere), ["otel-tls", "logs-tls", ...monitoring]);
    // A gateway asks Alertmanager in the clear; Prometheus, which it asks so too, still needs the CA.
    const byGateway = variants["hosts behind an Ingress controller that asks for a login"];
    assert.deepEqual(secrets({ internal: true }, byGateway), [
      ...["otel-tls", "logs-tls", "jaeger-tls", "victoria-logs-tls", "prometheus-tls"],
    ]);
  });
});

describe("certificates inside the cluster", () => {
  it("have the names by which Services are called", () => {
    const { dnsNames, usages } = servedCertificate(
      { secret: "x", namespace: "observability", services: ["otel-collector"] },
      "",
    );
    assert.deepEqual(dnsNames, [
      "otel-collector.observability.svc",
      "otel-collector.observability.svc.cluster.local",
      "otel-collector.observability",
    ]);
    assert.deepEqual(usages, ["digital signature", "server auth"]);
  });

  it("are signed by the stack's CA, or by the site's ClusterIssuer", () => {
    for (const [issuer, name] of [
      ["", "fluffy-observability-ca"],
      ["ClusterIssuer/company-ca", "company-ca"],
    ] as const) {
      for (const spec of [
        caCopy(issuer),
        servedCertificate({ secret: "x", namespace: "x", services: ["x"] }, issuer),
      ]) {
        assert.deepEqual(spec.issuerRef, { group: "cert-manager.io", kind: "ClusterIssuer", name });
        // A key that somebody has read is worth nothing after the next renewal.
        assert.equal(spec.privateKey.rotationPolicy, "Always");
      }
    }
  });

  it("stay valid when the CA is renewed", () => {
    assert.deepEqual([caCertificate.isCA, caCertificate.privateKey.rotationPolicy], [true, "Never"]);
  });

  it("serve nothing where they only bring the CA", () => {
    assert.deepEqual(caCopy("").usages, ["digital signature", "client auth"]);
    assert.equal(caCopy("").dnsNames, undefined);
  });
});

describe("namespaces that get the CA", () => {
  it("are those of the sample API and of the settings, each once", () => {
    const all = { internal: true, applications: true, applicationNamespaces: ["orders", "python-api"] };
    assert.deepEqual(caNamespaces(settingsFor(all)), ["python-api", "orders"]);
    assert.deepEqual(caNamespaces(settingsFor({ internal: true })), []);
    assert.deepEqual(caNamespaces(settingsFor({ applications: true }, { parts: '{"sampleApi":false}' })), []);
  });
});
