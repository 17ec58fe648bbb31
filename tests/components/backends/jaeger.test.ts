import assert from "node:assert/strict";
import { jaegerSpec, jaegerV1Spec } from "../../../components/backends/jaeger.ts";
import { platformImages } from "../../../outputs/images.ts";
import { parseSettings } from "../../../settings/read.ts";

const settingsFor = (jaeger: object) => parseSettings({ jaeger: JSON.stringify(jaeger) }).jaeger;
const elasticsearch = { storage: "elasticsearch", elasticsearchUrl: "https://es.example:9200" };

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

  it("reads Elasticsearch's login from a Secret", () => {
    const [, ...login] = specFor({ ...elasticsearch, elasticsearchSecret: "login" }).env ?? [];
    assert.deepEqual(login, [
      { name: "ES_USERNAME", valueFrom: { secretKeyRef: { name: "login", key: "ES_USERNAME" } } },
      { name: "ES_PASSWORD", valueFrom: { secretKeyRef: { name: "login", key: "ES_PASSWORD" } } },
    ]);
    assert.equal(specFor(elasticsearch).env?.length, 1);
  });

  it("takes its memory from the settings", () => {
    const { resources, env } = specFor({ memoryLimit: "4Gi" });
    assert.deepEqual(resources.limits, { memory: "4Gi" });
    // The operator would set it to the whole limit.
    assert.deepEqual(env, [{ name: "GOMEMLIMIT", value: "3276MiB" }]);
  });
});

const noJobs = { esIndexCleaner: { enabled: false }, dependencies: { enabled: false } };

describe("jaegerV1Spec", () => {
  const specFor = (jaeger: object = {}) => jaegerV1Spec(settingsFor(jaeger));

  it("makes no Ingress, which the operator does for everybody", () => {
    assert.equal(specFor().ingress.enabled, false);
  });

  it("keeps as many traces in memory as the settings say", () => {
    assert.deepEqual(specFor({ maxTraces: 7 }).storage, { type: "memory", options: { memory: { "max-traces": 7 } } });
  });

  it("keeps them in Elasticsearch, with a login from a Secret where there is one", () => {
    const storage = { type: "elasticsearch", options: { es: { "server-urls": "https://es.example:9200" } }, ...noJobs };
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

  it("has the operator make no job on Elasticsearch, which would delete and read what it is not asked for", () => {
    const { esIndexCleaner, dependencies } = specFor(elasticsearch).storage;
    assert.deepEqual([esIndexCleaner, dependencies], [{ enabled: false }, { enabled: false }]);
  });

  it("deletes old indices on request, only those of its prefix, by an image that is listed", () => {
    const { storage } = specFor({ ...elasticsearch, elasticsearchIndexPrefix: "prod" });
    assert.deepEqual(storage.esIndexCleaner, { enabled: false });
    const kept = { ...elasticsearch, elasticsearchIndexPrefix: "prod", elasticsearchRetentionDays: 30 };
    const settings = parseSettings({ jaegerEngine: "operator", jaeger: JSON.stringify(kept) });
    const { options, esIndexCleaner } = jaegerV1Spec(settings.jaeger).storage;
    assert.ok(esIndexCleaner?.enabled);
    const { image = "", numberOfDays } = esIndexCleaner;
    assert.equal(options["es"]?.["index-prefix"], "prod");
    assert.equal(numberOfDays, 30);
    assert.ok(platformImages(settings, { bundles: {}, charts: {} }).includes(image));
    assert.ok(!platformImages(parseSettings({}), { bundles: {}, charts: {} }).includes(image));
  });

  for (const [what, settings, message] of [
    ["without a prefix", { jaegerEngine: "operator", days: 7, prefix: "" }, /elasticsearchIndexPrefix is empty/],
    ["with engine v2", { jaegerEngine: "v2", days: 7, prefix: "prod" }, /must be 0 unless jaegerEngine is operator/],
  ] as const) {
    it(`refuses to delete indices ${what}`, () => {
      const { jaegerEngine, days, prefix } = settings;
      const jaeger = { ...elasticsearch, elasticsearchRetentionDays: days, elasticsearchIndexPrefix: prefix };
      assert.throws(() => parseSettings({ jaegerEngine, jaeger: JSON.stringify(jaeger) }), { message });
    });
  }
});
