import assert from "node:assert/strict";
import { resourceRequirements } from "../../catalog/containerResources.ts";
import { podCosts } from "./podCosts.ts";
import type { PodContainer, StackPod } from "./stackPods.ts";

const container = (cpu: string, memory: string, memoryLimit: string): PodContainer => ({
  name: "c",
  image: "i",
  resources: resourceRequirements({ cpu, memory, memoryLimit }),
});

const pod = (changes: Partial<StackPod>): StackPod => ({
  name: "p",
  namespace: "n",
  labels: {},
  replicas: 1,
  claims: [],
  spec: { containers: [container("100m", "128Mi", "1Gi"), container("10m", "32Mi", "64Mi")] },
  ...changes,
});

describe("what pods cost", () => {
  it("is the sum of containers, pods and claims", () => {
    const two = pod({ replicas: 2, claims: ["10Gi", "512Mi"] });
    assert.deepEqual(podCosts([two, pod({})]), { pods: 3, cpu: 330, memory: 480, memoryLimit: 3264, volumes: 21 });
  });

  it("counts an init container where it asks for more than all that come after it", () => {
    const { spec } = pod({});
    const first = (...init: PodContainer[]) => podCosts([pod({ spec: { ...spec, initContainers: init } })]);
    const small = container("50m", "64Mi", "64Mi");
    assert.deepEqual(first(small, small), podCosts([pod({})]));
    const large = first(container("50m", "512Mi", "2Gi"));
    assert.deepEqual(large, { ...podCosts([pod({})]), memory: 512, memoryLimit: 2048 });
  });

  it("counts a node's pod once, and none that ends", () => {
    assert.equal(podCosts([pod({ replicas: "each node" })]).pods, 1);
    assert.deepEqual(podCosts([pod({ replicas: "until done" })]), podCosts([]));
  });

  it("is not known of a container that asks for nothing, or has no limit", () => {
    const { limits, requests } = container("1m", "1Mi", "1Mi").resources ?? {};
    for (const resources of [{ limits: limits ?? {} }, { requests: requests ?? {} }]) {
      const unknown = pod({ spec: { containers: [{ name: "c", image: "i", resources }] } });
      assert.throws(() => podCosts([unknown]), /^AssertionError.*: c asks for/);
    }
  });
});
