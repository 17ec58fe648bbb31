import assert from "node:assert/strict";
import { alertmanagerSpec } from "../../../components/backends/alertmanager.ts";
import { serviceMonitors } from "../../../components/backends/monitors.ts";
import { prometheusSpec } from "../../../components/backends/prometheus.ts";
import { variants } from "../../../review/program/variants.ts";
import { parseSettings } from "../../../settings/read.ts";

const tls = '{"internal":true}';
const encrypted = parseSettings({ tls });
const byGateway = parseSettings({
  ...variants["hosts behind an Ingress controller that asks for a login"],
  tls,
});
const caFile = "/etc/prometheus/secrets/prometheus-tls/ca.crt";
const serverName = "alertmanager-operated.observability.svc";

describe("TLS of Prometheus and Alertmanager", () => {
  it("is by the certificate of each", () => {
    for (const [name, { web }] of [
      ["prometheus-tls", prometheusSpec(encrypted)],
      ["alertmanager-tls", alertmanagerSpec(encrypted)],
    ] as const) {
      const { cert, keySecret } = web?.tlsConfig ?? assert.fail(name);
      assert.deepEqual(
        [cert.secret, keySecret],
        [
          { name, key: "tls.crt" },
          { name, key: "tls.key" },
        ],
      );
    }
  });

  it("is checked where alerts are sent, by the name of the Service", () => {
    const [{ scheme, tlsConfig } = assert.fail()] = prometheusSpec(encrypted).alerting.alertmanagers;
    assert.deepEqual({ scheme, tlsConfig }, { scheme: "https", tlsConfig: { caFile, serverName } });
  });

  it("is checked where they are scraped, by a scrape class: a monitor may name no file", () => {
    assert.deepEqual(prometheusSpec(encrypted).secrets, ["prometheus-tls"]);
    assert.deepEqual(prometheusSpec(encrypted).scrapeClasses, [{ name: "internal-ca", tlsConfig: { caFile } }]);
    const { alertmanager, kubelet } = serviceMonitors(encrypted);
    assert.deepEqual(alertmanager?.endpoints, [{ port: "web", scheme: "https", tlsConfig: { serverName } }]);
    assert.equal(alertmanager.scrapeClass, "internal-ca");
    assert.ok(kubelet && !("scrapeClass" in kubelet));
  });

  it("is left out where a gateway asks them itself, and Prometheus checks others all the same", () => {
    const spec = prometheusSpec(byGateway);
    assert.ok(!("web" in spec || "web" in alertmanagerSpec(byGateway)));
    assert.ok(!("scheme" in (spec.alerting.alertmanagers[0] ?? {})));
    assert.equal(spec.scrapeClasses?.length, 1);
    const monitors = serviceMonitors(byGateway);
    for (const part of ["prometheus", "alertmanager"]) assert.deepEqual(monitors[part]?.endpoints, [{ port: "web" }]);
    assert.equal(monitors["victoria-logs"]?.scrapeClass, "internal-ca");
  });

  it("is off by default", () => {
    const plain = parseSettings({});
    assert.doesNotMatch(JSON.stringify([prometheusSpec(plain), alertmanagerSpec(plain)]), /tls|https|scrapeClass/i);
  });
});
