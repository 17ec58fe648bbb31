import assert from "node:assert/strict";
import {
  clusterMetricsService,
  stateMetricsArgs,
  stateMetricsSpec,
  stateRights,
} from "../../../components/backends/clusterMetrics.ts";
import { stateSeries } from "../../../catalog/clusterSeries.ts";
import { platformImages } from "../../../outputs/images.ts";
import { parseSettings } from "../../../settings/read.ts";

const settings = parseSettings({ clusterMetrics: '{"memoryLimit":"100Mi"}' });
const { template } = stateMetricsSpec(settings.clusterMetrics);
const [container] = template.spec.containers;

describe("clusterMetrics", () => {
  it("may list and watch what its series are made of, and nothing else", () => {
    assert.deepEqual(stateRights(), [
      { apiGroups: [""], resources: ["pods", "nodes", "persistentvolumeclaims"], verbs: ["list", "watch"] },
      { apiGroups: ["apps"], resources: ["deployments", "statefulsets", "daemonsets"], verbs: ["list", "watch"] },
    ]);
  });

  it("watches no other resource, and makes no other series", () => {
    const argument = (name: string) =>
      stateMetricsArgs()
        .find((each) => each.startsWith(`--${name}=`))
        ?.replace(/^.*=/, "")
        .split(",");
    assert.deepEqual(argument("resources"), Object.keys(stateSeries));
    assert.deepEqual(argument("metric-allowlist"), Object.values(stateSeries).flat());
  });

  it("collects garbage before its memory is used up", () => {
    assert.deepEqual(container?.env, [{ name: "GOMEMLIMIT", value: "80MiB" }]);
    assert.deepEqual(container.resources, { requests: { cpu: "20m", memory: "96Mi" }, limits: { memory: "100Mi" } });
  });

  it("is found by its Service, with a port of the same name", () => {
    const { selector, ports } = clusterMetricsService().spec;
    for (const [key, value] of Object.entries(selector)) {
      assert.equal(template.metadata.labels[key], value);
    }
    assert.ok(container?.ports.some(({ name }) => name === ports[0]?.targetPort));
  });

  it("is one at a time: two would show every object twice", () => {
    const { replicas, strategy } = stateMetricsSpec(settings.clusterMetrics);
    assert.deepEqual([replicas, strategy.type], [1, "Recreate"]);
  });

  it("has its image among those of the platform, unless it is off", () => {
    const images = (parts: string) => platformImages(parseSettings({ parts }), { bundles: {}, charts: {} });
    assert.ok(images("{}").includes(container?.image ?? ""));
    assert.ok(!images('{"clusterMetrics":false}').includes(container?.image ?? ""));
  });
});
