import assert from "node:assert/strict";
import { parseSettings } from "../../../settings/read.ts";
import { programRun } from "../../../review/program/runs.ts";
import { instrumentationSpec, specHash } from "../../../components/telemetry/instrumentation.ts";
import { instrumentationImages } from "../../../catalog/versions.ts";

const specFor = (instrumentation = "{}") =>
  instrumentationSpec({
    settings: parseSettings({ instrumentation }).instrumentation,
    collectorEndpoint: "http://collector:4318",
  });
const languages = Object.keys(instrumentationImages) as (keyof typeof instrumentationImages)[];
const environment = (language: (typeof languages)[number], settings?: string) =>
  Object.fromEntries(specFor(settings)[language].env.map(({ name, value }) => [name, value]));

describe("instrumentationSpec", () => {
  it("sends OTLP by HTTP to the collector, with the propagation of the W3C", () => {
    const { exporter, propagators } = specFor();
    assert.deepEqual([exporter, propagators], [{ endpoint: "http://collector:4318" }, ["tracecontext", "baggage"]]);
  });

  it("samples by the ratio of the settings, and as the caller decided", () => {
    assert.deepEqual(specFor().sampler, { type: "parentbased_traceidratio", argument: "0.25" });
    assert.equal(specFor('{"samplingRatio":1}').sampler.argument, "1");
    assert.equal(specFor('{"samplingRatio":0}').sampler.argument, "0");
  });

  for (const language of languages) {
    it(`sets logs, export interval and conventions for ${language}`, () => {
      const settings = environment(language, '{"metricExportIntervalSeconds":5}');
      const { OTEL_LOGS_EXPORTER, OTEL_METRIC_EXPORT_INTERVAL, OTEL_SEMCONV_STABILITY_OPT_IN } = settings;
      assert.deepEqual(
        [OTEL_LOGS_EXPORTER, OTEL_METRIC_EXPORT_INTERVAL, OTEL_SEMCONV_STABILITY_OPT_IN],
        ["none", "5000", "http"],
      );
    });

    it(`takes the image of ${language} from the versions`, () => {
      assert.equal(specFor()[language].image, instrumentationImages[language]);
    });
  }

  for (const language of ["nodejs", "java", "dotnet", "go"] as const) {
    it(`has the end of a process of ${language} wait shortly for a collector that is away, in milliseconds`, () => {
      const { OTEL_EXPORTER_OTLP_TIMEOUT, OTEL_EXPORTER_OTLP_METRICS_TIMEOUT } = environment(language);
      assert.deepEqual([OTEL_EXPORTER_OTLP_TIMEOUT, OTEL_EXPORTER_OTLP_METRICS_TIMEOUT], ["1750", undefined]);
    });
  }

  it("gives Python seconds to wait: more than a slow collector takes, and three exports in less than four", () => {
    const { OTEL_EXPORTER_OTLP_TIMEOUT: traces = "", OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: metrics = "" } =
      environment("python");
    assert.ok(Number(metrics) > 1 && Number(traces) > 1, `${traces} s and ${metrics} s`);
    // gunicorn's worker sends both, and its master metrics.
    assert.ok(Number(traces) + 2 * Number(metrics) < 3.6, `${traces} s and ${metrics} s`);
  });

  it("leaves the logging of a Python program as it is", () => {
    assert.equal(environment("python")["OTEL_PYTHON_LOG_AUTO_INSTRUMENTATION"], "false");
  });

  it("does not read the settings of a Django application before that names them", () => {
    assert.equal(environment("python")["OTEL_PYTHON_DJANGO_INSTRUMENT"], "False");
    assert.equal(environment("python")["OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"], "sqlite3");
  });

  it("sets no variable twice", () => {
    for (const language of languages) {
      const names = specFor()[language].env.map(({ name }) => name);
      assert.deepEqual(names, [...new Set(names)], language);
    }
  });

  it("has no Node.js program ask a cloud's metadata service", () => {
    const detectors = environment("nodejs")["OTEL_NODE_RESOURCE_DETECTORS"]?.split(",") ?? [];
    assert.ok(detectors.includes("env"), "the environment says which pod it is");
    for (const cloud of ["alibaba", "aws", "azure", "gcp", "all"]) assert.ok(!detectors.includes(cloud), cloud);
  });

  it("leaves out the ignored paths where the language can, and nothing without any", () => {
    assert.match(
      environment("python")["OTEL_PYTHON_EXCLUDED_URLS"] ?? "",
      /^\^.*\/healthz.*,.*\/livez.*,.*\/readyz.*,.*\/metrics/,
    );
    assert.equal(environment("python", '{"ignoredPaths":[]}')["OTEL_PYTHON_EXCLUDED_URLS"], "");
  });

  it("exports metrics as often as the SDK does by default", () => {
    assert.equal(environment("python")["OTEL_METRIC_EXPORT_INTERVAL"], "60000");
  });
});

describe("specHash", () => {
  it("changes with where the injected images are pulled from", async () => {
    const hashIn = async (config: Readonly<Record<string, string>>) =>
      (await programRun(config)).outputs["instrumentationHash"];
    const upstream = await hashIn({});
    assert.notEqual(await hashIn({ images: '{"registry":"registry.example.org/mirror"}' }), upstream);
    assert.equal(await hashIn({ images: '{"pullSecrets":["registry"]}' }), upstream);
  });

  it("changes with the spec and with nothing else", () => {
    assert.equal(specHash(specFor()), specHash(specFor()));
    assert.notEqual(specHash(specFor()), specHash(specFor('{"samplingRatio":0.5}')));
    assert.match(specHash(specFor()), /^[0-9a-f]{12}$/);
  });
});
