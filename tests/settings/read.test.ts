import assert from "node:assert/strict";
import { SettingsError, parseSettings } from "../../settings/read.ts";
import { settingsSchema } from "../../settings/schema.ts";
import { runFailingProgram } from "../../review/program/program.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";

/** What is wrong, the configuration, and the one line that says so (without the project's prefix). */
const wrong: readonly [string, Record<string, string>, string][] = [
  [
    "an unknown key",
    { jaegerEnginee: "v2" },
    `jaegerEnginee is not a setting; allowed are: ${Object.keys(settingsSchema.shape).join(", ")}`,
  ],
  [
    "an unknown key in an object",
    { collector: '{"replica": 2}' },
    "collector.replica is not a setting; allowed are: replicas, maxReplicas, memoryLimit, messageSpans, corsOrigins, tailSampling, debug",
  ],
  [
    "an unknown part",
    { parts: '{"loki": true}' },
    "parts.loki is not a setting; allowed are: certManager, prometheusOperator, metricsServer, jaeger, logs, grafana, clusterMetrics, sampleApi",
  ],
  ["an unknown engine", { jaegerEngine: "v3" }, 'jaegerEngine is "v3": must be one of v2, operator'],
  ["an unknown policy", { crdPolicy: "drop" }, 'crdPolicy is "drop": must be one of delete, keep'],
  [
    "an unknown storage",
    { jaeger: '{"storage": "cassandra"}' },
    'jaeger.storage is "cassandra": must be one of memory, badger, elasticsearch',
  ],
  ["a word for a boolean", { artifactsLocked: "yes" }, 'artifactsLocked is "yes": must be true or false'],
  ["a text for a boolean", { parts: '{"jaeger": "false"}' }, 'parts.jaeger is "false": must be true or false'],
  ["null for a boolean", { parts: '{"jaeger": null}' }, "parts.jaeger is null: must be true or false"],
  ["a word for an object", { parts: "none" }, 'parts is "none": must be an object'],
  ["a list for an object", { collector: "[]" }, "collector is []: must be an object"],
  [
    "a number for a text",
    { collector: '{"memoryLimit": 512}' },
    "collector.memoryLimit is 512: must be a quantity such as 512Mi or 10Gi",
  ],
  [
    "a text for a number",
    { instrumentation: '{"samplingRatio": "1"}' },
    'instrumentation.samplingRatio is "1": must be a number from 0 to 1',
  ],
  [
    "a fraction of a pod",
    { collector: '{"replicas": 1.5}' },
    "collector.replicas is 1.5: must be an integer from 1 to 100",
  ],
  ["no pod", { collector: '{"replicas": 0}' }, "collector.replicas is 0: must be an integer from 1 to 100"],
  [
    "a sampling ratio above 1",
    { instrumentation: '{"samplingRatio": 25}' },
    "instrumentation.samplingRatio is 25: must be a number from 0 to 1",
  ],
  [
    "a sampling ratio below 0",
    { instrumentation: '{"samplingRatio": -0.1}' },
    "instrumentation.samplingRatio is -0.1: must be a number from 0 to 1",
  ],
  [
    "an export interval of 0",
    { instrumentation: '{"metricExportIntervalSeconds": 0}' },
    "instrumentation.metricExportIntervalSeconds is 0: must be an integer from 1 to 75",
  ],
  [
    "intervals of exports and scrapes that leave a rule one sample",
    { instrumentation: '{"metricExportIntervalSeconds": 60}', prometheus: '{"scrapeInterval": "75s"}' },
    "instrumentation.metricExportIntervalSeconds is 60, and prometheus.scrapeInterval 75s: must be 120 seconds or less together, since two samples can be so far apart, and every rule needs two of them in 5 minutes",
  ],
  [
    "an export interval of an hour, at which no rule has two samples",
    { instrumentation: '{"metricExportIntervalSeconds": 3600}' },
    "instrumentation.metricExportIntervalSeconds is 3600: must be an integer from 1 to 75: every rule reads 5 minutes, and needs four samples in them",
  ],
  [
    "a scrape every two hours, at which no rule has a sample",
    { prometheus: '{"scrapeInterval": "2h"}' },
    'prometheus.scrapeInterval is "2h": must be 75s or less: every rule reads 5 minutes, and needs four samples in them',
  ],
  [
    "a retention in which no budget is burnt",
    { prometheus: '{"retention": "30m"}' },
    'prometheus.retention is "30m": must be 6h or more: the urgent alerts on error budgets look back so far',
  ],
  [
    "a volume without room for samples",
    { prometheus: '{"volumeSize": "1Mi"}' },
    'prometheus.volumeSize is "1Mi": must be empty, or 1Gi or more: there is no room for samples in less',
  ],
  ...(
    [
      ["collector", "128Mi"],
      ["jaeger", "256Mi"],
      ["prometheus", "256Mi"],
      ["grafana", "256Mi"],
      ["logs", "128Mi"],
      ["clusterMetrics", "96Mi"],
    ] as const
  ).map(([part, least]): [string, Record<string, string>, string] => [
    `a memory limit with which ${part} does not run`,
    { [part]: '{"memoryLimit": "1Mi"}' },
    `${part}.memoryLimit is "1Mi": must be ${least} or more: its program does not run with less`,
  ]),
  [
    "an ignored path with a pattern in it",
    { instrumentation: '{"ignoredPaths": ["/health.*"]}' },
    'instrumentation.ignoredPaths.0 is "/health.*": must be a path such as /healthz, of letters, digits and . _ ~ + - /',
  ],
  [
    "a decimal quantity",
    { prometheus: '{"memoryLimit": "512M"}' },
    'prometheus.memoryLimit is "512M": must be a quantity such as 512Mi or 10Gi',
  ],
  [
    "a quantity of zero",
    { collector: '{"memoryLimit": "0Mi"}' },
    'collector.memoryLimit is "0Mi": must be a quantity such as 512Mi or 10Gi',
  ],
  [
    "a volume without unit",
    { grafana: '{"volumeSize": "10"}' },
    'grafana.volumeSize is "10": must be empty, or a quantity such as 10Gi',
  ],
  [
    "a duration in weeks",
    { prometheus: '{"retention": "2w"}' },
    'prometheus.retention is "2w": must be a duration such as 30s, 12h or 7d',
  ],
  [
    "a duration in days for Badger",
    { jaeger: '{"retention": "3d"}' },
    'jaeger.retention is "3d": must be a duration in minutes or hours such as 72h',
  ],
  [
    "a URL as endpoint",
    { jaeger: '{"endpoint": "http://jaeger:4317"}' },
    'jaeger.endpoint is "http://jaeger:4317": must be empty, or host:port such as jaeger.example:4317',
  ],
  [
    "another scheme",
    { grafana: '{"url": "ftp://grafana.example"}' },
    'grafana.url is "ftp://grafana.example": must be empty, or a URL without a login and a query such as https://example.org',
  ],
  [
    "a login in a URL",
    { jaeger: '{"elasticsearchUrl": "https://me:secret@es.example"}' },
    'jaeger.elasticsearchUrl is "https://[secret]@es.example": must be empty, or a URL without a login and a query such as https://example.org',
  ],
  [
    "no upstream",
    { sampleApi: '{"upstreamUrl": ""}' },
    'sampleApi.upstreamUrl is "": must be a URL without a login such as https://example.org',
  ],
];

describe("parseSettings", () => {
  for (const [what, config, line] of wrong) {
    it(`refuses ${what} in one line`, () => {
      assert.throws(() => parseSettings(config), new SettingsError([`fluffy-observability:${line}`]));
    });
  }

  it("says all problems at once, one line each", () => {
    const config = { nope: "1", jaegerEngine: "v3", collector: '{"replicas": 0}' };
    assert.throws(
      () => parseSettings(config),
      ({ message }: Error) =>
        /^(fluffy-observability:(nope|jaegerEngine|collector\.replicas) is [^\n]*(\n|$)){3}$/.test(message),
    );
  });

  it("fills in what an object leaves out", () => {
    const { collector } = parseSettings({ collector: '{"debug": true}' });
    assert.deepEqual([collector.replicas, collector.memoryLimit, collector.debug], [1, "512Mi", true]);
  });

  it("takes texts as they are, even those that look like JSON", () => {
    const { kubeContext, artifactsMirror } = parseSettings({ kubeContext: "true", artifactsMirror: "1" });
    assert.deepEqual([kubeContext, artifactsMirror], ["true", "1"]);
  });
});

/** Samples in any five minutes, of applications that export and a Prometheus that scrapes, when each comes as late as it may. */
function fewestSamples(exportSeconds: number, scrapeSeconds: number): number {
  const late = 1.25;
  return Math.floor(300 / (late * (exportSeconds + scrapeSeconds)));
}

describe("the intervals that are accepted together", () => {
  const seconds = [1, 15, 30, 45, 60, 75];
  for (const [exports, scrapes] of seconds.flatMap((first) => seconds.map((second) => [first, second] as const))) {
    const enough = fewestSamples(exports, scrapes) >= 2;
    it(`are ${enough ? "" : "not "}an export in ${exports} s and a scrape in ${scrapes} s`, () => {
      const parse = () =>
        parseSettings({
          instrumentation: JSON.stringify({ metricExportIntervalSeconds: exports }),
          prometheus: JSON.stringify({ scrapeInterval: `${scrapes}s` }),
        });
      if (enough) parse();
      else assert.throws(parse, SettingsError);
    });
  }
});

describe("readSettings", function () {
  this.slow(1000);

  it("fails before anything is registered", async () => {
    const artifactsMirror = await standInMirror();
    const configs: Record<string, string>[] = [
      { jaegerEngine: "v3" },
      { parts: '{"jaeger":false}' },
      { instrumentation: '{"samplingRatio":2}' },
    ];
    for (const config of configs) {
      const { error, registered } = await runFailingProgram({ config: { ...config, artifactsMirror } });
      assert.ok(error instanceof SettingsError, String(error));
      assert.deepEqual(
        registered.map(({ label }) => label),
        ["Stack fluffy-observability-test"],
      );
    }
  });

  it("puts no second slash between an address and what comes behind it", () => {
    const { jaeger, grafana } = parseSettings({
      parts: '{"jaeger":false,"grafana":false}',
      jaeger: '{"endpoint":"jaeger.example:4317","url":"https://example.org/jaeger//"}',
      grafana: '{"url":"https://grafana.example/"}',
    });
    assert.deepEqual([jaeger.url, grafana.url], ["https://example.org/jaeger", "https://grafana.example"]);
    const elasticsearch = parseSettings({
      jaeger: '{"storage":"elasticsearch","elasticsearchUrl":"https://es.example:9200/"}',
    });
    assert.equal(elasticsearch.jaeger.elasticsearchUrl, "https://es.example:9200");
    // What is asked for as it stands is not changed.
    const upstreamUrl = "https://example.org/users/";
    assert.equal(parseSettings({ sampleApi: JSON.stringify({ upstreamUrl }) }).sampleApi.upstreamUrl, upstreamUrl);
  });
});
