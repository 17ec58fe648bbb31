import assert from "node:assert/strict";
import {
  clusterProcessor,
  nodePodIdentity,
  podIdentity,
  startupProbe,
} from "../../../components/telemetry/podIdentity.ts";

const processors = podIdentity({ clusterName: "", environment: "" });

describe("podIdentity", () => {
  it("sets the application's word aside, asks the cluster, and fills in what is missing, in that order", () => {
    assert.deepEqual(Object.keys(processors), ["transform/claims", clusterProcessor, "transform/known"]);
  });

  it("goes by the pod's uid, else by the connection, and waits until the pods are known", () => {
    const { pod_association: rules, wait_for_metadata: waits } = processors[clusterProcessor] as {
      pod_association: { sources: { from: string }[] }[];
      wait_for_metadata: boolean;
    };
    assert.deepEqual(
      [rules.map(({ sources }) => sources[0]?.from), waits],
      [["resource_attribute", "connection"], true],
    );
  });

  it("asks as an agent for the pods of its node alone, by their names, and for what their annotations say of logs", () => {
    const agents = nodePodIdentity({ clusterName: "", environment: "" });
    assert.deepEqual(Object.keys(agents), [clusterProcessor, "transform/known"]);
    const { filter, extract, pod_association } = agents[clusterProcessor] as {
      filter: unknown;
      extract: { annotations: { key: string; from: string }[] };
      pod_association: { sources: { name: string }[] }[];
    };
    assert.deepEqual(filter, { node_from_env_var: "K8S_NODE_NAME" });
    assert.deepEqual(
      pod_association.map(({ sources }) => sources.map(({ name }) => name)),
      [["k8s.namespace.name", "k8s.pod.name"]],
    );
    assert.deepEqual(
      extract.annotations.map(({ key, from }) => [key, from]),
      ["pod", "namespace"].map((from) => ["fluffy-observability/logs", from]),
    );
    assert.ok(!("filter" in (processors[clusterProcessor] as object)));
  });

  it("gives its processors, which wait one after the other, the time to start", () => {
    const pipelines = 6; // traces, logs, events, three kinds of metrics
    assert.ok(startupProbe.periodSeconds * startupProbe.failureThreshold >= 60 * pipelines);
  });

  it("leaves nothing behind of what it set aside", () => {
    const said = JSON.stringify(processors["transform/known"]);
    const aside = [...JSON.stringify(processors["transform/claims"]).matchAll(/claimed\.[\w.]+/g)].map(
      ([name]) => name,
    );
    assert.ok(aside.length > 0);
    for (const name of aside) assert.ok(said.includes(`delete_key(attributes, \\"${name}\\")`), name);
  });

  it("names cluster and environment where the settings do", () => {
    const named = JSON.stringify(podIdentity({ clusterName: "eu-1", environment: "staging" }));
    assert.match(named, /k8s\.cluster\.name\\"\], \\"eu-1\\"/);
    assert.match(named, /deployment\.environment\.name\\"\], \\"staging\\"\) where/);
    assert.doesNotMatch(JSON.stringify(processors), /k8s\.cluster\.name|deployment\.environment/);
  });
});
