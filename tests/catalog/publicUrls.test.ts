import assert from "node:assert/strict";
import { publicUrls } from "../../catalog/publicUrls.ts";
import { alertmanagerSpec } from "../../components/backends/alertmanager.ts";
import { prometheusSpec } from "../../components/backends/prometheus.ts";
import { variants } from "../../review/program/variants.ts";
import { parseSettings } from "../../settings/read.ts";

const exposed = parseSettings(variants["hosts behind oauth2-proxy"] ?? {});

describe("publicUrls", () => {
  it("are null for what has no host name", () => {
    assert.deepEqual(new Set(Object.values(publicUrls(parseSettings({})))), new Set([null]));
  });

  it("are what Prometheus and Alertmanager put into messages and links", () => {
    const { prometheus, alertmanager } = publicUrls(exposed);
    assert.equal(prometheusSpec(exposed).externalUrl, prometheus);
    assert.equal(alertmanagerSpec(exposed).externalUrl, alertmanager);
    assert.ok(!("externalUrl" in prometheusSpec(parseSettings({}))));
    assert.ok(!("externalUrl" in alertmanagerSpec(parseSettings({}))));
  });
});
