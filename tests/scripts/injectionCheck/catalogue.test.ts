import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readInstrumented } from "../../../scripts/injectionCheck/catalogue.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const nodeInstrumentations = `
exports.getNodeAutoInstrumentations = () => [
  { instrumentationName: "pg", _modules: [{ name: "pg", supportedVersions: [">=8 <9"] }, { name: "http", supportedVersions: ["*"] }] },
  { instrumentationName: "pool", _modules: [{ name: "dns/promises", supportedVersions: ["*"] }, { name: "pg", supportedVersions: ["1", "2"] }] },
  { instrumentationName: "undici", _modules: [] },
  ...(process.env.OTEL_NODE_ENABLED_INSTRUMENTATIONS ? [{ instrumentationName: "env", _modules: [] }] : []),
];
`;

describe("readInstrumented", function () {
  this.slow(5000);
  const folder = temporaryFolder();

  function write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder(), path)), { recursive: true });
      writeFileSync(join(folder(), path), text);
    }
  }

  /** @param requires lines of METADATA */
  function python(name: string, requires: readonly string[], entryPoints?: string): Record<string, string> {
    const information = `python/${name.replaceAll("-", "_")}-0.1b0.dist-info`;
    const metadata = ["Metadata-Version: 2.4", `Name: ${name}`, "Version: 0.1b0", ...requires];
    return {
      [`${information}/METADATA`]: `${metadata.join("\n")}\n\nRequires-Dist: text; extra == 'instruments'\n`,
      ...(entryPoints === undefined ? {} : { [`${information}/entry_points.txt`]: entryPoints }),
    };
  }

  const nodePackage = "node/node_modules/@opentelemetry/auto-instrumentations-node";
  const node = {
    [`${nodePackage}/package.json`]: '{"version": "0.2.0"}',
    [`${nodePackage}/index.js`]: nodeInstrumentations,
  };

  afterEach(() => {
    delete process.env.OTEL_NODE_ENABLED_INSTRUMENTATIONS;
  });

  it("reads supported ranges from what is installed, whatever the environment says", async () => {
    process.env.OTEL_NODE_ENABLED_INSTRUMENTATIONS = "pg";
    write({
      ...node,
      ...python("opentelemetry-distro", []),
      ...python("opentelemetry-instrumentation", ["Requires-Dist: a; extra == 'instruments'"]),
      ...python(
        "opentelemetry-instrumentation-kafka-python",
        [
          "Requires-Dist: wrapt<3.0.0,>=1.0.0",
          "Provides-Extra: instruments",
          'Requires-Dist: Kafka_Python-ng<3.0,>=2.0; extra == "instruments-any"',
          "Requires-Dist: kafka-python<3.0,>=2.0; extra == 'instruments-any'",
          "Requires-Dist: six; python_version < '4' and extra == 'instruments'",
          "Requires-Dist: pytest; extra == 'test'",
        ],
        "[console_scripts]\nx = y\n\n[opentelemetry_instrumentor]\nkafka = a:B\naio-kafka = a:C\n\n[other]\nz = a:D\n",
      ),
      ...python("opentelemetry-instrumentation-logging", [], "[opentelemetry_instrumentor]\nlogging = a:B\n"),
      ...python("opentelemetry-instrumentation-asgi", ["Requires-Dist: asgiref~=3.0; extra == 'instruments'"]),
    });
    assert.deepEqual(await readInstrumented(join(folder(), "python"), join(folder(), "node")), {
      pythonAutoInstrumentation: "0.1b0",
      nodejsAutoInstrumentation: "0.2.0",
      python: {
        "kafka-python": {
          loads: ["aio-kafka", "kafka"],
          all: [{ package: "six", range: "" }],
          any: [
            { package: "kafka-python-ng", range: "<3.0,>=2.0" },
            { package: "kafka-python", range: "<3.0,>=2.0" },
          ],
        },
        logging: { loads: ["logging"], all: [], any: [] },
      },
      nodejs: {
        pg: [
          { instrumentation: "pg", range: ">=8 <9" },
          { instrumentation: "pool", range: "1" },
          { instrumentation: "pool", range: "2" },
        ],
      },
      nodejsWithoutModules: ["undici"],
    });
  });

  it("takes no folder without the injected packages", async () => {
    write({ "python/flask/__init__.py": "" });
    await assert.rejects(
      readInstrumented(join(folder(), "python"), folder()),
      /does not hold .* opentelemetry-distro$/,
    );
  });
});
