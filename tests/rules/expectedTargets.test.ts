import assert from "node:assert/strict";
import { podMonitors, serviceMonitors } from "../../components/backends/monitors.ts";
import { parseSettings } from "../../settings/read.ts";
import { expectedTargets } from "../../rules/expectedTargets.ts";
import { variants } from "../../review/program/variants.ts";

const expected = (config: Record<string, string>) => expectedTargets(parseSettings(config));

describe("expectedTargets", () => {
  it("takes the numbers of pods from the settings", () => {
    const config = { prometheus: '{"replicas": 2}', alertmanager: '{"replicas": 3}', collector: '{"replicas": 4}' };
    const numbers = Object.fromEntries(expected(config).map(({ job, number }) => [job, number]));
    assert.equal(numbers["prometheus-operated"], 2);
    assert.equal(numbers["alertmanager-operated"], 3);
    assert.equal(numbers["otel-collector-monitoring"], 4);
    assert.equal(numbers["cert-manager"], 1);
  });

  for (const [variant, config] of Object.entries(variants)) {
    it(`has a job for each monitor, with ${variant}`, () => {
      const settings = parseSettings(config);
      const monitors = [...Object.keys(serviceMonitors(settings)), ...Object.keys(podMonitors(settings))];
      // The operator makes that of Jaeger v2; what applications sent has an alert of its own.
      const byOperator = settings.parts.jaeger && settings.jaegerEngine === "v2" ? 1 : 0;
      assert.ok(monitors.includes("applications"));
      assert.equal(expected(config).length, monitors.length + byOperator - 1);
    });
  }
});
