import assert from "node:assert/strict";
import { parseSettings } from "../../settings/read.ts";
import { dashboards } from "../../dashboards/index.ts";
import { platformJob, platformJobs } from "../../rules/platformJob.ts";
import { platformRules } from "../../rules/index.ts";
import { dashboardExpressions } from "../support/panels.ts";
import { variants } from "../../review/program/variants.ts";

describe("platformJob", () => {
  it("matches one program in its namespace", () => {
    assert.equal(platformJob("jaeger"), 'namespace="observability",job="jaeger"');
    assert.equal(platformJob("cert-manager", "certs"), 'namespace="certs",job="cert-manager"');
  });

  it("matches several programs, each namespace once", () => {
    const programs = ["one", "two"].map((job) => ({ job, namespace: "n" }));
    assert.equal(
      platformJobs([...programs, { job: "three", namespace: "m" }]),
      'namespace=~"n|m",job=~"one|two|three"',
    );
  });

  for (const [variant, config] of Object.entries(variants)) {
    it(`is in every expression about a program of the platform, with ${variant}`, () => {
      const settings = parseSettings(config);
      const rules = Object.values(platformRules(settings)).flatMap((groups) => groups.flatMap((group) => group.rules));
      const all = [...rules, ...dashboardExpressions(dashboards(settings))].map(({ expr }) => expr);
      const selectors = all.flatMap((expr) => expr.match(/\{[^{}]*\bjob=[^{}]*\}/g) ?? []);
      assert.ok(selectors.length > 50);
      // A volume says itself whose it is; the kubelet is nobody's, and what rules recorded of no job.
      const others = selectors.filter((selector) => !/\b(exported_)?namespace=|\bjob=""/.test(selector));
      assert.deepEqual(others, []);
    });
  }
});
