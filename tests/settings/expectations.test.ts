import assert from "node:assert/strict";
import { expectations } from "../../settings/expectations.ts";
import { parseSettings } from "../../settings/read.ts";
import { programRun } from "../../review/program/runs.ts";
import { off, variants } from "../../review/program/variants.ts";

const expected = (config: Record<string, string>) => expectations(parseSettings(config));

describe("expectations", () => {
  it("are none where everything is installed", () => {
    assert.deepEqual(expected({}), []);
  });

  it("say one line for each part that is off and that something here needs", () => {
    const parts = off("certManager", "prometheusOperator", "metricsServer", "jaeger", "grafana");
    const lines = expected({ parts, jaeger: '{"endpoint":"jaeger.example:4317"}' });
    assert.deepEqual(
      lines.map((line) => /^parts\.(\w+) is false: /.exec(line)?.[1]),
      ["certManager", "prometheusOperator", "metricsServer", "jaeger", "grafana"],
    );
  });

  it("name the operators that need cert-manager", () => {
    const parts = off("certManager");
    assert.match(expected({ parts }).join(), /the OpenTelemetry operator expects cert-manager/);
    assert.match(
      expected({ parts, jaegerEngine: "operator" }).join(),
      /OpenTelemetry and Jaeger operators expect cert-/,
    );
  });

  it("say where Jaeger and Grafana are to be found", () => {
    const jaeger = { parts: off("jaeger", "grafana"), jaeger: '{"endpoint":"jaeger.example:4317"}' };
    assert.match(expected(jaeger).join(), /OTLP\/gRPC without TLS at jaeger\.example:4317/);
    const grafana = { parts: off("grafana"), grafana: '{"url":"https://grafana.example"}' };
    assert.match(expected(grafana).join(), /a Grafana at https:\/\/grafana\.example takes/);
    assert.match(expected({ parts: off("grafana") }).join(), /a Grafana elsewhere takes/);
  });

  it("are logged by the program", async () => {
    const { logs } = await programRun(variants["without Jaeger"]);
    assert.match(logs.join("\n"), /parts\.jaeger is false: the collector expects OTLP\/gRPC/);
    assert.doesNotMatch((await programRun()).logs.join("\n"), /expects/);
  });

  it("name what another Prometheus operator has to keep for the alert on volumes", () => {
    assert.match(
      expected({ parts: off("prometheusOperator") }).join(),
      /VolumeNearlyFull expects it to keep a Service of the kubelets/,
    );
  });
});
