import assert from "node:assert/strict";
import { servicesDashboard } from "../../dashboards/services.ts";
import { modelOf } from "../support/panels.ts";

describe("servicesDashboard", () => {
  const panels = modelOf(servicesDashboard({ pods: true, logs: true })).panels.filter(({ type }) => type !== "row");

  it("tells services of one name in two namespaces apart, in lines and in tables", () => {
    const clauses = panels.flatMap(({ title, targets = [] }) =>
      targets.flatMap(({ expr = "" }) =>
        [...expr.matchAll(/by \(([^)]*)\)/g)].map(([, by = ""]) => [title, by] as const),
      ),
    );
    assert.ok(clauses.length > 10);
    for (const [title, by] of clauses)
      if (by.includes("service_name")) assert.ok(by.includes("k8s_namespace_name"), `${title}: ${by}`);
    for (const { title, type, targets = [] } of panels)
      if (type === "timeseries")
        for (const { legendFormat = "" } of targets)
          assert.match(legendFormat, /service_name.*k8s_namespace_name/, title);
  });

  it("draws durations in the unit of their exemplars", () => {
    const withExemplars = panels.filter(({ targets = [] }) => targets.some(({ exemplar }) => exemplar));
    assert.equal(withExemplars.length, 1);
    for (const { fieldConfig, targets = [] } of withExemplars) {
      assert.equal(fieldConfig?.defaults.unit, "ms");
      for (const { expr = "" } of targets) assert.doesNotMatch(expr, /\/ 1000/);
    }
  });
});
