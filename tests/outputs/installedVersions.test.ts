import assert from "node:assert/strict";
import { platformVersions } from "../../outputs/installedVersions.ts";
import { parseSettings } from "../../settings/read.ts";
import { versions } from "../../catalog/versions.ts";
import { off, variants } from "../../review/program/variants.ts";

const absent = (config: Record<string, string>) => {
  const found = platformVersions(parseSettings(config));
  return Object.keys(versions).filter((name) => !(name in found));
};

describe("platformVersions", () => {
  it("are those of the chosen Jaeger", () => {
    assert.deepEqual(absent({}), ["jaegerOperator", "jaegerV1", "oauth2Proxy", "goAutoInstrumentation"]);
    assert.deepEqual(absent({ jaegerEngine: "operator", instrumentation: '{"goInjection":true}' }), [
      "jaeger",
      "oauth2Proxy",
    ]);
    assert.ok(!absent(variants["hosts behind oauth2-proxy"] ?? {}).includes("oauth2Proxy"));
  });

  it("leave out what is not installed", () => {
    const parts = off("certManager", "prometheusOperator", "metricsServer", "jaeger", "logs", "grafana");
    assert.deepEqual(absent({ parts, jaeger: '{"endpoint":"jaeger.example:4317"}', jaegerEngine: "operator" }), [
      "certManager",
      "prometheusOperator",
      "jaegerOperator",
      "grafanaOperator",
      "metricsServer",
      "jaeger",
      "jaegerV1",
      "grafana",
      "victoriaLogs",
      "victoriaLogsDatasource",
      "oauth2Proxy",
      "goAutoInstrumentation",
    ]);
  });

  it("are the versions that are installed", () => {
    assert.equal(platformVersions(parseSettings({}))["collector"], versions.collector);
  });
});
