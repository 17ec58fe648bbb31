import assert from "node:assert/strict";
import { jaegerSpec, jaegerV1Spec } from "../../../components/backends/jaeger.ts";
import { parseSettings } from "../../../settings/read.ts";

const settingsFor = (jaeger: object) => parseSettings({ jaeger: JSON.stringify(jaeger) }).jaeger;

describe("jaegerSpec", () => {
  const specFor = (jaeger: object = {}) =>
    jaegerSpec({
      ...{ settings: settingsFor(jaeger), networkPolicies: { enabled: false } },
      ...{ metrics: { url: "http://prometheus:9090" }, tls: { internal: false }, queryTls: false },
    });

  it("runs Jaeger's own image, as one process", () => {
    const { image, replicas } = specFor();
    assert.match(image, /^docker\.io\/jaegertracing\/jaeger:2\./);
    assert.equal(replicas, 1);
  });

  it("is a Deployment without volume, unless it keeps traces on one", () => {
    const { mode, volumeClaimTemplates, volumeMounts } = specFor();
    assert.deepEqual([mode, volumeClaimTemplates, volumeMounts], ["deployment", undefined, undefined]);
  });

  it("is a StatefulSet with a volume that Badger's user may write", () => {
    const { mode, volumeClaimTemplates, volumeMounts, podSecurityContext } = specFor({
      storage: "badger",
      volumeSize: "5Gi",
    });
    assert.equal(mode, "statefulset");
    assert.deepEqual(volumeClaimTemplates, [
      {
        metadata: { name: "badger" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } } },
      },
    ]);
    assert.deepEqual(volumeMounts, [{ name: "badger", mountPath: "/badger" }]);
    assert.equal(podSecurityContext?.fsGroup, podSecurityContext?.runAsUser);
  });

  it("takes its memory from the settings", () => {
    const { resources, env } = specFor({ memoryLimit: "4Gi" });
    assert.deepEqual(resources.limits, { memory: "4Gi" });
    // The operator would set it to the whole limit.
    assert.deepEqual(env, [{ name: "GOMEMLIMIT", value: "3276MiB" }]);
  });
});

describe("jaegerV1Spec", () => {
  const specFor = (jaeger: object = {}) => jaegerV1Spec(settingsFor(jaeger));

  it("makes no Ingress, which the operator does for everybody", () => {
    assert.equal(specFor().ingress.enabled, false);
  });

  it("keeps as many traces in memory as the settings say", () => {
    assert.deepEqual(specFor({ maxTraces: 7 }).storage, { type: "memory", options: { memory: { "max-traces": 7 } } });
  });

  it("runs the image of the versions, with the memory of the settings", () => {
    const { allInOne } = specFor({ memoryLimit: "2Gi" });
    assert.match(allInOne.image, /^docker\.io\/jaegertracing\/all-in-one:1\./);
    assert.deepEqual(allInOne.resources.limits, { memory: "2Gi" });
  });
});
