import assert from "node:assert/strict";
import { jaegerSpec, jaegerV1Spec } from "../../../components/backends/jaeger.ts";
import { elasticsearchBackend } from "../../../components/backends/jaegerElasticsearch.ts";
import { platformImages } from "../../../outputs/images.ts";
import { parseSettings } from "../../../settings/read.ts";

const settingsFor = (jaeger: object) => parseSettings({ jaeger: JSON.stringify(jaeger) }).jaeger;
const elasticsearch = { storage: "elasticsearch", elasticsearchUrl: "https://es.example:9200" };
const secrets = { elasticsearchSecret: "login", elasticsearchCaSecret: "company-ca" };

const loginVolume = {
  volume: {
    name: "elasticsearch-login",
    secret: { secretName: "login", items: [{ key: "ES_PASSWORD", path: "ES_PASSWORD" }] },
  },
  mount: { name: "elasticsearch-login", mountPath: "/elasticsearch-login", readOnly: true },
};
const caVolume = {
  volume: {
    name: "elasticsearch-ca",
    secret: { secretName: "company-ca", items: [{ key: "ca.crt", path: "ca.crt" }] },
  },
  mount: { name: "elasticsearch-ca", mountPath: "/elasticsearch-ca", readOnly: true },
};

describe("Jaeger v2 on Elasticsearch", () => {
  const specFor = (jaeger: object, internal = false) =>
    jaegerSpec({
      ...{ settings: settingsFor(jaeger), networkPolicies: { enabled: false } },
      ...{ metrics: { url: "http://prometheus:9090" }, tls: { internal }, queryTls: false },
    });

  it("has neither login nor CA where the settings name none", () => {
    assert.deepEqual(elasticsearchBackend(settingsFor(elasticsearch)), { server_urls: ["https://es.example:9200"] });
    const { env, volumes, volumeMounts } = specFor(elasticsearch);
    assert.deepEqual([env?.length, volumes, volumeMounts], [1, undefined, undefined]);
  });

  it("names files and a variable in its configuration, and no value", () => {
    assert.deepEqual(elasticsearchBackend(settingsFor({ ...elasticsearch, ...secrets })), {
      server_urls: ["https://es.example:9200"],
      auth: {
        basic: {
          username: "${env:ES_USERNAME}${env:ES_NOTHING:-}",
          password_file: "/elasticsearch-login/ES_PASSWORD",
          reload_interval: "1s",
        },
      },
      tls: { ca_file: "/elasticsearch-ca/ca.crt" },
    });
  });

  it("has the variable and the files from the Secrets, beside its own certificate", () => {
    const { env, volumes, volumeMounts } = specFor({ ...elasticsearch, ...secrets }, true);
    assert.deepEqual(env?.slice(1), [
      { name: "ES_USERNAME", valueFrom: { secretKeyRef: { name: "login", key: "ES_USERNAME" } } },
    ]);
    assert.deepEqual(volumes?.slice(1), [loginVolume.volume, caVolume.volume]);
    assert.deepEqual(volumeMounts?.slice(1), [loginVolume.mount, caVolume.mount]);
    assert.equal(volumes[0]?.name, "tls");
  });
});

describe("Jaeger v1 on Elasticsearch", () => {
  const specFor = (jaeger: object) => jaegerV1Spec(settingsFor(jaeger));

  it("keeps traces there, with a login from a Secret where there is one", () => {
    const { volumes, volumeMounts, storage } = specFor(elasticsearch);
    assert.deepEqual(storage, {
      type: "elasticsearch",
      options: { es: { "server-urls": "https://es.example:9200" } },
      esIndexCleaner: { enabled: false },
      dependencies: { enabled: false },
    });
    assert.deepEqual([volumes, volumeMounts], [undefined, undefined]);
    assert.equal(specFor({ ...elasticsearch, ...secrets }).storage.secretName, "login");
  });

  it("mounts the CA for every pod, that of the job too", () => {
    const { storage, volumes, volumeMounts } = specFor({ ...elasticsearch, ...secrets });
    assert.deepEqual(storage.options["es"], {
      "server-urls": "https://es.example:9200",
      "tls.enabled": "true",
      "tls.ca": "/elasticsearch-ca/ca.crt",
    });
    assert.deepEqual([volumes, volumeMounts], [[caVolume.volume], [caVolume.mount]]);
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
