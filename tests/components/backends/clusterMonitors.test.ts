import assert from "node:assert/strict";
import { serviceMonitors } from "../../../components/backends/monitors.ts";
import { cadvisorSeries, resourceSeries } from "../../../catalog/clusterSeries.ts";
import { parseSettings } from "../../../settings/read.ts";

const monitors = serviceMonitors(parseSettings({}));
const endpoints = monitors["kubelet"]?.endpoints ?? [];
const [volumes, ...use] = endpoints;
const [state] = monitors["kube-state-metrics"]?.endpoints ?? [];

describe("clusterMonitors", () => {
  it("read each of the kubelets' paths for other series", () => {
    assert.deepEqual(
      endpoints.map(({ path, metricRelabelings = [] }) => [path, metricRelabelings[0]]),
      [
        [undefined, "kubelet_volume_stats_(available|capacity)_bytes"],
        ["/metrics/resource", resourceSeries.join("|")],
        ["/metrics/cadvisor", cadvisorSeries.join("|")],
      ].map(([path, regex]) => [path, { sourceLabels: ["__name__"], regex, action: "keep" }]),
    );
  });

  it("drop what is of no container by an expression that the operator hands on: it leaves an empty one out, and all would go", () => {
    const relabelings = [...endpoints, state].flatMap((each) => [
      ...(each?.relabelings ?? []),
      ...(each?.metricRelabelings ?? []),
    ]);
    for (const relabeling of relabelings) assert.notEqual("regex" in relabeling ? relabeling.regex : undefined, "");
    assert.ok(relabelings.some((each) => "regex" in each && each.regex === "^$"));
  });

  it("tell the paths of one kubelet apart: else they would have one `up`", () => {
    assert.equal(volumes?.relabelings, undefined);
    for (const { relabelings = [] } of use) {
      assert.deepEqual(relabelings[0], { sourceLabels: ["__metrics_path__"], targetLabel: "metrics_path" });
    }
  });

  it("say of a container whose it is, and not who scraped it", () => {
    assert.deepEqual(
      [...use, state].map((endpoint) => endpoint?.honorLabels),
      [true, true, true],
    );
    // The room on volumes goes by the kubelet's own namespace, which no team can have.
    assert.equal(volumes?.honorLabels, undefined);
  });

  it("end the series of what is gone, though they have timestamps of their own", () => {
    for (const endpoint of use) assert.equal(endpoint.trackTimestampsStaleness, true);
  });

  it("keep the series of kube-state-metrics when its pod is made anew", () => {
    const dropped = (state?.relabelings ?? []).find((each) => "action" in each);
    for (const label of ["pod", "container", "service", "endpoint"]) {
      assert.match(label, new RegExp(`^(?:${dropped && "regex" in dropped ? dropped.regex : ""})$`));
    }
    assert.ok((state?.relabelings ?? []).some((each) => "replacement" in each && each.targetLabel === "instance"));
  });
});
