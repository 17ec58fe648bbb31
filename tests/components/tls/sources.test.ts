import assert from "node:assert/strict";
import { logsSource, metricsSource, tracesSource } from "../../../components/tls/sources.ts";
import { variants } from "../../../review/program/variants.ts";
import { parseSettings } from "../../../settings/read.ts";

const tls = '{"internal":true}';

describe("sources of data", () => {
  it("are those of the stack, with the Secret that has the CA", () => {
    const settings = parseSettings({ tls });
    const secrets = [metricsSource, tracesSource, logsSource].map((source) => source(settings)?.caSecret);
    assert.deepEqual(secrets, ["prometheus-tls", "jaeger-tls", "victoria-logs-tls"]);
  });

  it("have no CA of the stack where they are elsewhere, or not encrypted", () => {
    const elsewhere = parseSettings({ tls, ...variants["shards of Prometheus"], ...variants["without Jaeger"] });
    assert.deepEqual(metricsSource(elsewhere), { url: "https://metrics.example.org/prometheus" });
    assert.deepEqual(tracesSource(elsewhere), { url: "https://jaeger.example.org" });
    assert.equal(logsSource(parseSettings({ tls, ...variants["logs elsewhere"] })), undefined);
    assert.ok(!("caSecret" in metricsSource(parseSettings({}))));
  });
});
