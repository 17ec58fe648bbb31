import assert from "node:assert/strict";
import { storageConflicts } from "../../settings/productionStorage.ts";
import { parseSettings } from "../../settings/read.ts";
import { settingsSchema } from "../../settings/schema.ts";

const refused = (settings: object) => storageConflicts(settingsSchema.parse(settings)).map(([key]) => key);
const cluster = { environment: "production" };
const kept = { jaeger: { storage: "badger" }, prometheus: { volumeSize: "10Gi" }, logs: { volumeSize: "10Gi" } };

describe("storageConflicts", () => {
  it("refuses in production every store whose data goes with its pod, and says what to set", () => {
    assert.deepEqual(refused({ cluster }), ["jaeger.storage", "prometheus.volumeSize", "logs.volumeSize"]);
    const [[, problem]] = storageConflicts(settingsSchema.parse({ ...kept, cluster, jaeger: {} })) as [
      [string, string],
    ];
    assert.equal(
      problem,
      'is "memory", but cluster.environment is production: what is kept would go with the pod; allowed are badger, elasticsearch',
    );
  });

  it("advises no storage that the engine lacks", () => {
    const [[, problem] = []] = storageConflicts(
      settingsSchema.parse({ ...kept, cluster, jaeger: {}, jaegerEngine: "operator" }),
    );
    assert.match(problem ?? "", /; allowed is elasticsearch$/);
  });

  it("knows production however it is written, and says it as it is", () => {
    for (const environment of ["Production", "PRODUCTION", "prod", "Prod", "PROD"]) {
      assert.throws(() => parseSettings({ cluster: JSON.stringify({ environment }) }), {
        message: new RegExp(`jaeger\\.storage is "memory", but cluster\\.environment is ${environment}: `),
      });
    }
    for (const environment of ["", "preprod", "non-production", "prod-like", "staging"])
      assert.deepEqual(refused({ cluster: { environment } }), []);
  });

  it("takes stores that outlive a pod, are elsewhere or off", () => {
    assert.deepEqual(refused({ ...kept, cluster }), []);
    assert.deepEqual(refused({ ...kept, cluster, logs: { otlpEndpoint: "https://logs.example.org" } }), []);
    assert.deepEqual(refused({ ...kept, cluster, parts: { jaeger: false, logs: false }, jaeger: {}, logs: {} }), []);
  });

  it("takes all of them in every other environment", () => {
    assert.deepEqual(refused({}), []);
    assert.deepEqual(refused({ cluster: { environment: "staging" } }), []);
  });
});
