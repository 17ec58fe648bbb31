import assert from "node:assert/strict";
import { smallestMemory } from "../../components/api/injectedMemory.ts";
import { parseSettings } from "../../settings/read.ts";
import { instrumentationSpec } from "../../components/telemetry/instrumentation.ts";
import { endBound } from "../harmless/comparison.ts";
import type { Application } from "../../review/injection/application.ts";
import { javaApplications } from "../harmless/applications/java.ts";
import { nodejsApplications } from "../harmless/applications/nodejs.ts";
import { pythonApplications } from "../harmless/applications/python.ts";
import { readProjectFile, tableUnder } from "../support/markdown.ts";

const document = readProjectFile("docs/injection.md");
const applications = new Map<string, Application>([
  ...pythonApplications.map((application) => [`Python: ${application.name}`, application] as const),
  ...nodejsApplications.map((application) => [`Node.js: ${application.name}`, application] as const),
  ...javaApplications.map((application) => [`Java: ${application.name}`, application] as const),
]);
const states = ["there", "slow", "silent", "refusing"] as const;

describe("docs/injection.md", () => {
  const harmless = tableUnder(document, "What is tried");
  const costs = tableUnder(document, "What it costs");

  it("has a row for every application that is tried", () => {
    assert.ok(applications.size >= 16);
    assert.deepEqual(
      harmless.map(([cell]) => cell),
      [...applications.keys()],
    );
  });

  for (const [name = "", lines, answers, end, , ...rest] of harmless) {
    it(`says that injection does no harm: ${name}`, () => {
      assert.deepEqual([lines, answers, end], ["yes", "yes", "yes"]);
      const application = applications.get(name) ?? assert.fail(name);
      for (const [index, state] of states.entries()) {
        const seconds = Number(rest[index]);
        assert.ok(rest[index] !== "" && seconds <= endBound(state, application), `${state}: ${rest[index] ?? ""}`);
      }
      assert.notEqual(rest[states.length], "no");
    });
  }

  it("has a figure of memory for each language that has a smallest limit, and the limit is above it by a fifth", () => {
    const figure = (server: RegExp) =>
      Number(costs.find(([name = "", what = ""]) => server.test(name) && what.startsWith("memory"))?.[4]);
    for (const [language, server] of [
      ["python", /Python/],
      ["nodejs", /Node\.js/],
      ["java", /Java/],
    ] as const) {
      const smallest = smallestMemory[language] ?? assert.fail(language);
      assert.ok(figure(server) * 1.2 <= smallest, `${language}: ${figure(server)} MiB, smallest limit ${smallest}Mi`);
      assert.ok(document.includes(`${smallest}Mi`), `${language}: ${smallest}Mi is not named`);
    }
  });

  it("names variables that every pod gets, with their values", () => {
    const { python } = instrumentationSpec({
      settings: parseSettings({}).instrumentation,
      collectorEndpoint: "http://collector:4318",
    });
    for (const name of [
      "OTEL_PYTHON_LOG_AUTO_INSTRUMENTATION",
      "OTEL_PYTHON_DJANGO_INSTRUMENT",
      "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS",
      "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT",
    ]) {
      const value = python.env.find((variable) => variable.name === name)?.value ?? assert.fail(name);
      assert.ok(document.includes(`\`${name}=${value}\``), `${name}=${value}`);
    }
  });

  it("has a heading for everything that the check of an application refers to", () => {
    const headings = [...document.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    );
    for (const section of [
      "eventlet",
      "nodejs-the-end",
      "variables-of-the-image",
      "python-packages-first",
      "python-the-start-up",
      "gevent",
      "django",
      "own-sdk",
      "es-modules",
      "npm-start",
    ]) {
      assert.ok(headings.includes(section), section);
    }
  });
});
