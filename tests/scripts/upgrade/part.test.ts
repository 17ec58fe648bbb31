import assert from "node:assert/strict";
import { versions } from "../../../catalog/versions.ts";
import { type Part, planUpgrade, withPartVersion } from "../../../scripts/upgrade/part.ts";
import { readProjectFile } from "../../support/markdown.ts";

describe("planUpgrade", () => {
  it("finds the release manifest, the chart, or neither", () => {
    const keys = (part: string, to: string) => {
      const { bundles, charts } = planUpgrade(part, to);
      return [...bundles.map(({ key }) => key), ...charts.map(({ name }) => name)];
    };
    assert.deepEqual(keys("prometheusOperator", "v99.0.0"), ["prometheusOperator"]);
    assert.deepEqual(keys("grafanaOperator", "99.0.0"), ["grafanaOperatorCrds", "grafana-operator"]);
    assert.deepEqual(keys("certManager", "v99.0.0"), ["cert-manager"]);
    assert.deepEqual(keys("jaeger", "99.0.0"), []);
    assert.deepEqual(keys("prometheus", "v99.0.0"), []);
  });

  it("puts the version into tag and address", () => {
    assert.deepEqual(planUpgrade("grafanaOperator", "99.0.0").bundles[0]?.to, {
      name: "grafana-operator-crds",
      version: "v99.0.0",
      url: "https://raw.githubusercontent.com/grafana/grafana-operator/v99.0.0/deploy/kustomize/base/crds.yaml",
    });
  });

  it("says in one line which part or version cannot be", () => {
    const from = versions.prometheusOperator;
    for (const [part, version, message] of [
      ["nothing", "v1.0.0", /^there is no part "nothing": allowed are certManager, /],
      ["prometheusOperator", from, new RegExp(`^prometheusOperator is ${from} already$`)],
      [
        "prometheusOperator",
        "99.0.0",
        new RegExp(`^prometheusOperator cannot be "99.0.0": its versions are written as ${from}$`),
      ],
      ["jaeger", "v99.0.0", /^jaeger cannot be "v99.0.0"/],
      ["jaeger", 'latest"', /^jaeger cannot be "latest""/],
    ] as const) {
      assert.throws(() => planUpgrade(part, version), { name: "UserError", message });
    }
  });
});

describe("withPartVersion", () => {
  for (const file of ["catalog/versions.ts", "docs/versions.md"]) {
    it(`changes each version of ${file}, and nothing else`, () => {
      const text = readProjectFile(file);
      for (const [part, from] of Object.entries(versions) as [Part, string][]) {
        const to = `${from}9`;
        const changed = withPartVersion(text, { part, from, to });
        const lines = changed.split("\n").filter((line, index) => line !== text.split("\n")[index]);
        assert.equal(lines.length, 1, part);
        assert.ok(lines[0]?.includes(part) && lines[0].includes(to), lines[0]);
        assert.equal(withPartVersion(changed, { part, from: to, to: from }), text);
      }
    });
  }

  it("refuses a text without the version", () => {
    assert.throws(() => withPartVersion("", { part: "jaeger", from: "1.0.0", to: "2.0.0" }), {
      message: "the version 1.0.0 of jaeger stands in 0 places, not in one",
    });
  });
});
