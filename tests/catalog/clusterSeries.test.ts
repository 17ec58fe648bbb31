import assert from "node:assert/strict";
import { z } from "zod";
import { cadvisorSeries, resourceSeries, stateSeries, unreadPhases } from "../../catalog/clusterSeries.ts";
import { parseSettings } from "../../settings/read.ts";
import { dashboards } from "../../dashboards/index.ts";
import { platformRules } from "../../rules/index.ts";
import { dashboardExpressions } from "../support/panels.ts";
import { off } from "../../review/program/variants.ts";

const annotated = z.object({ annotations: z.object({ list: z.array(z.object({ expr: z.string().optional() })) }) });

/** All that rules and dashboards ask Prometheus. */
function expressions(config: Record<string, string>): string[] {
  const settings = parseSettings(config);
  const made = dashboards(settings);
  return [
    ...Object.values(platformRules(settings)).flatMap((groups) =>
      groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
    ),
    ...dashboardExpressions(made).map(({ expr }) => expr),
    ...made.flatMap(
      ({ dashboard }) => annotated.safeParse(dashboard).data?.annotations.list.map(({ expr = "" }) => expr) ?? [],
    ),
  ];
}

/** The names of the cluster's series in them. */
const read = (config: Record<string, string> = {}) =>
  new Set(
    expressions(config).flatMap(
      (expr) => expr.match(/\b(kube_[a-z_]+|container_[a-z_]+|node_(cpu|memory)_[a-z_]+)\b/g) ?? [],
    ),
  );

describe("clusterSeries", () => {
  it("are those that rules and dashboards read, and no other", () => {
    const kept = [...Object.values(stateSeries).flat(), ...resourceSeries, ...cadvisorSeries];
    assert.deepEqual(kept, [...new Set(kept)]);
    assert.deepEqual([...read()].sort(), kept.sort());
  });

  it("leave out phases of pods that nobody asks for", () => {
    const asked = expressions({}).flatMap((expr) => [...expr.matchAll(/kube_pod_status_phase\{phase=~?"([^"]+)"/g)]);
    const phases = new Set(asked.flatMap(([, phase = ""]) => phase.split("|")));
    assert.deepEqual([...phases].sort(), ["Failed", "Pending", "Succeeded"]);
    for (const phase of unreadPhases) assert.ok(!phases.has(phase), phase);
  });

  it("are read by nothing where they do not come, but to leave volumes out that are only read", () => {
    assert.deepEqual([...read({ parts: off("clusterMetrics") })], ["kube_persistentvolumeclaim_access_mode"]);
  });
});
