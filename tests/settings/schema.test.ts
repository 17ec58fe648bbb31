import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { conflicts } from "../../settings/conflicts.ts";
import { type Settings, settingsSchema } from "../../settings/schema.ts";
import { parseSettings } from "../../settings/read.ts";
import { stacks } from "../../review/program/runs.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";

const project = join(import.meta.dirname, "../..");
const pulumiYaml = load(readFileSync(join(project, "Pulumi.yaml"), "utf8")) as {
  config: Record<string, { type: string; default: unknown; description?: string }>;
};
const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

describe("Pulumi.yaml", () => {
  it("has the keys of the schema, in its order", () => {
    assert.deepEqual(Object.keys(pulumiYaml.config), Object.keys(settingsSchema.shape));
  });

  it("describes every key in a sentence", () => {
    for (const [key, { description }] of Object.entries(pulumiYaml.config)) {
      assert.match(description ?? "", /^[A-Z].{20,}\.$/, key);
    }
  });

  it("has the schema's defaults, and no default that the schema refuses", () => {
    const defaults = Object.entries(pulumiYaml.config).map(([key, field]) => [key, asText(field.default)] as const);
    assert.deepEqual(parseSettings(Object.fromEntries(defaults)), parseSettings({}));
  });

  it("names every field of an object, so that a reader finds them all", () => {
    const settings: Readonly<Record<string, unknown>> = parseSettings({});
    for (const [key, { default: value }] of Object.entries(pulumiYaml.config))
      assert.deepEqual(value, settings[key], key);
  });

  it("has the schema's types", () => {
    const types = Object.entries(parseSettings({})).map(([key, value]) => [key, typeof value]);
    assert.deepEqual(
      Object.entries(pulumiYaml.config).map(([key, { type }]) => [key, type]),
      types,
    );
  });
});

describe("the stacks' files", () => {
  const settings = new Map<string, Settings>(stacks.map((stack) => [stack, parseSettings(stackConfig(stack))]));

  it("hold settings that fit", () => {
    assert.equal(settings.size, 3);
  });

  it("clean up in dev and keep in staging and prod", () => {
    assert.deepEqual(
      stacks.map((stack) => settings.get(stack)?.crdPolicy),
      ["delete", "keep", "keep"],
    );
  });

  it("show everything at once in dev", () => {
    const { samplingRatio, metricExportIntervalSeconds } = settings.get("dev")?.instrumentation ?? {};
    assert.deepEqual([samplingRatio, metricExportIntervalSeconds], [1, 5]);
  });

  it("use only recorded artifacts in staging and prod", () => {
    assert.deepEqual(
      stacks.map((stack) => settings.get(stack)?.artifactsLocked),
      [false, true, true],
    );
  });
});

describe("conflicts", () => {
  const found = (config: Record<string, string>) => conflicts(settingsSchema.parse(decoded(config)));

  it("finds none in the defaults", () => {
    assert.deepEqual(found({}), []);
  });

  const cases: readonly [string, Record<string, string>, [string, string][]][] = [
    [
      "Jaeger off and nowhere else",
      { parts: '{"jaeger":false}' },
      [
        [
          "parts.jaeger",
          "is false, but the collector needs a Jaeger: set jaeger.endpoint to its host:port for OTLP/gRPC",
        ],
        ["parts.jaeger", "is false, but Grafana's data source needs a Jaeger: set jaeger.url to its address"],
      ],
    ],
    [
      "Jaeger off without address for Grafana",
      { parts: '{"jaeger":false}', jaeger: '{"endpoint":"jaeger.example:4317"}' },
      [["parts.jaeger", "is false, but Grafana's data source needs a Jaeger: set jaeger.url to its address"]],
    ],
    [
      "Jaeger off, Grafana off: no address needed",
      { parts: '{"jaeger":false,"grafana":false}', jaeger: '{"endpoint":"jaeger.example:4317"}' },
      [],
    ],
    [
      "Jaeger here and elsewhere",
      { jaeger: '{"url":"https://jaeger.example"}' },
      [
        [
          "jaeger.endpoint",
          "and jaeger.url are for a Jaeger elsewhere: set parts.jaeger to false, or leave them empty",
        ],
      ],
    ],
    [
      "Badger for engine operator",
      { jaegerEngine: "operator", jaeger: '{"storage":"badger"}' },
      [
        [
          "jaeger.storage",
          'is "badger", which needs jaegerEngine v2; allowed with engine operator: memory, elasticsearch',
        ],
      ],
    ],
    [
      "Elasticsearch without URL",
      { jaeger: '{"storage":"elasticsearch"}' },
      [["jaeger.elasticsearchUrl", "is empty, but jaeger.storage is elasticsearch: set it to the URL of the cluster"]],
    ],
    [
      "a CA for an Elasticsearch without TLS",
      { jaeger: '{"storage":"elasticsearch","elasticsearchUrl":"http://es.example","elasticsearchCaSecret":"ca"}' },
      [
        [
          "jaeger.elasticsearchCaSecret",
          "is set, but jaeger.elasticsearchUrl is http, where nothing has a certificate; use https, or leave it empty",
        ],
      ],
    ],
    [
      "Elasticsearch's address beside another storage",
      { jaeger: '{"elasticsearchUrl":"https://es.example","elasticsearchSecret":"es","elasticsearchCaSecret":"ca"}' },
      [
        [
          "jaeger.elasticsearchUrl",
          "is set, but jaeger.storage is memory: set that to elasticsearch, or leave it empty",
        ],
        [
          "jaeger.elasticsearchSecret",
          "is set, but jaeger.storage is memory: set that to elasticsearch, or leave it empty",
        ],
        [
          "jaeger.elasticsearchCaSecret",
          "is set, but jaeger.storage is memory: set that to elasticsearch, or leave it empty",
        ],
      ],
    ],
    [
      "Grafana here and elsewhere",
      { grafana: '{"url":"https://grafana.example"}' },
      [["grafana.url", "is for a Grafana elsewhere: set parts.grafana to false, or leave it empty"]],
    ],
  ];
  for (const [what, config, expected] of cases) {
    it(`says what does not fit: ${what}`, () => {
      assert.deepEqual(found(config), expected);
    });
  }
});

function decoded(config: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, text]) => [key, text.startsWith("{") ? (JSON.parse(text) as unknown) : text]),
  );
}
