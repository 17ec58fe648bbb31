import assert from "node:assert/strict";
import { jaegerSpec, jaegerV1Spec } from "../../../components/backends/jaeger.ts";
import { parseSettings } from "../../../components/settings.ts";

const settingsFor = (jaeger: object) => parseSettings({ jaeger: JSON.stringify(jaeger) }).jaeger;
const elasticsearch = { storage: "elasticsearch", elasticsearchUrl: "https://es.example:9200" };

describe("jaegerSpec", () => {
  const specFor = (jaeger: object = {}) => jaegerSpec(settingsFor(jaeger));

  it("runs Jaeger's own image, as one process", () => {
    const { image, replicas } = specFor();
    assert.match(image, /^docker\.io\/jaegertracing\/jaeger:2\./);
    assert.equal(replicas, 1);
  });

  it("is a Deployment without volume, unless it keeps traces on one", () => {
    const { mode, volumeClaimTemplates, volumeMounts, env } = specFor();
    assert.deepEqual([mode, volumeClaimTemplates, volumeMounts, env], ["deployment", undefined, undefined, undefined]);
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

  it("reads Elasticsearch's login from a Secret", () => {
    assert.deepEqual(specFor({ ...elasticsearch, elasticsearchSecret: "login" }).env, [
      { name: "ES_USERNAME", valueFrom: { secretKeyRef: { name: "login", key: "ES_USERNAME" } } },
      { name: "ES_PASSWORD", valueFrom: { secretKeyRef: { name: "login", key: "ES_PASSWORD" } } },
    ]);
    assert.equal(specFor(elasticsearch).env, undefined);
  });

  it("takes its memory from the settings", () => {
    assert.deepEqual(specFor({ memoryLimit: "4Gi" }).resources.limits, { memory: "4Gi" });
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

  it("keeps them in Elasticsearch, with a login from a Secret where there is one", () => {
    const storage = { type: "elasticsearch", options: { es: { "server-urls": "https://es.example:9200" } } };
    assert.deepEqual(specFor(elasticsearch).storage, storage);
    assert.deepEqual(specFor({ ...elasticsearch, elasticsearchSecret: "login" }).storage, {
      ...storage,
      secretName: "login",
    });
  });

  it("runs the image of the versions, with the memory of the settings", () => {
    const { allInOne } = specFor({ memoryLimit: "2Gi" });
    assert.match(allInOne.image, /^docker\.io\/jaegertracing\/all-in-one:1\./);
    assert.deepEqual(allInOne.resources.limits, { memory: "2Gi" });
  });
});
