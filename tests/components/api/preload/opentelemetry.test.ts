import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parseSettings } from "../../../../settings/read.ts";
import { instrumentationSpec } from "../../../../components/telemetry/instrumentation.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";
import { writeFiles } from "./nodeProcess.ts";
import { skipUnless } from "../../../support/prerequisites.ts";

const preload = join(import.meta.dirname, "../../../../components/api/preload/opentelemetry.py");
const startUp = "injected/opentelemetry/instrumentation/auto_instrumentation";
/** PYTHONPATH as the operator makes it of the stack's: start-up, file, the application's packages, injected packages. */
const whole = [startUp, "files", "own", "injected"];

/** The injected packages: an API, an SDK, and a start-up that says that it ran. */
const injected = {
  [`${startUp}/sitecustomize.py`]: "from opentelemetry.instrumentation.auto_instrumentation import initialize\n",
  [`${startUp}/__init__.py`]: "from opentelemetry.sdk import version\ninitialize = print('started', version)\n",
  "injected/opentelemetry/sdk/__init__.py": "version = 'injected'\n",
  "injected/opentelemetry/attributes/__init__.py": "version = 'injected'\n",
};
const ownApi = {
  "own/opentelemetry/attributes/__init__.py": "version = 'own'\n",
  "own/opentelemetry/propagators/__init__.py": "version = 'own'\n",
};
const ownSdk = { "own/opentelemetry/sdk/__init__.py": "version = 'own'\n" };

const show = `
import importlib, opentelemetry, os
print(*[os.path.relpath(folder) for folder in opentelemetry.__path__])
for name in ["attributes", "sdk", "propagators"]:
    try:
        print(name, importlib.import_module("opentelemetry." + name).version)
    except ImportError:
        print(name, "missing")
`;

describe("opentelemetry.py", function () {
  this.slow(1000);
  const folder = temporaryFolder();

  before(function () {
    skipUnless(this, spawnSync("python3", ["--version"]).status === 0, "python3");
  });

  /**
   * Runs a program in an environment without the machine's own packages, which could hold an opentelemetry too.
   *
   * @param path entries of PYTHONPATH in the test's folder
   * @param more further variables of its environment
   */
  function run(
    files: Readonly<Record<string, string>>,
    path: readonly string[],
    program = show,
    more: NodeJS.ProcessEnv = {},
  ) {
    const python = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
      spawnSync(command, args, { cwd: folder(), encoding: "utf8", env: { PATH: process.env.PATH, ...env } });
    assert.equal(python("python3", ["-m", "venv", "--without-pip", "environment"], {}).status, 0);
    writeFiles(folder(), files);
    mkdirSync(join(folder(), "files/opentelemetry"), { recursive: true });
    copyFileSync(preload, join(folder(), "files/opentelemetry/__init__.py"));
    const PYTHONPATH = path.map((entry) => join(folder(), entry)).join(delimiter);
    const { stdout, stderr, status } = python("environment/bin/python", ["-c", program], { ...more, PYTHONPATH });
    assert.equal(status, 0, stderr);
    return { lines: stdout.trimEnd().split("\n"), errors: stderr.trimEnd().split("\n") };
  }

  it("prefers the injected packages to an API that came along with a library, and still finds what only that one has", () => {
    assert.deepEqual(run({ ...injected, ...ownApi }, whole), {
      lines: [
        "started injected",
        "injected/opentelemetry own/opentelemetry",
        ...["attributes injected", "sdk injected", "propagators own"],
      ],
      errors: [""],
    });
  });

  it("injects nothing into an application with an SDK of its own, says so, and leaves its packages alone", () => {
    const { lines, errors } = run({ ...injected, ...ownApi, ...ownSdk }, whole);
    assert.deepEqual(lines, ["own/opentelemetry", "attributes own", "sdk own", "propagators own"]);
    // The first line is Python's.
    assert.equal(errors.length, 2);
    const reason = "the application has an OpenTelemetry SDK of its own, so it is not injected";
    assert.equal(errors[1], `ImportError: ${reason}`);
  });

  it("takes the Instrumentation's fractions from the timeouts of an application's own SDK, which may not read them", () => {
    const { python } = instrumentationSpec({
      settings: parseSettings({}).instrumentation,
      collectorEndpoint: "http://collector:4318",
    });
    const names = ["OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT"];
    const set = Object.fromEntries(
      python.env.flatMap(({ name, value = "" }) => (names.includes(name) ? [[name, value]] : [])),
    );
    const program = `import os, opentelemetry\nprint([os.environ.get(name) for name in ${JSON.stringify(names)}])`;
    const timeouts = (files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>) =>
      run({ ...injected, ...files }, whole, program, env).lines.at(-1);
    assert.equal(timeouts({}, set), "['1.2', '1.05']");
    assert.equal(timeouts({}, {}), "[None, None]");
    assert.equal(timeouts(ownSdk, set), "['2', '2']");
    assert.equal(timeouts(ownSdk, {}), "[None, None]");
    // What the application itself sets is its own matter.
    assert.equal(timeouts(ownSdk, { OTEL_EXPORTER_OTLP_TIMEOUT: "0.5" }), "['0.5', None]");
  });

  it("finds an SDK that is in another folder than the API", () => {
    const other = { "more/opentelemetry/sdk/__init__.py": "version = 'own'\n" };
    const { lines } = run({ ...injected, ...ownApi, ...other }, [startUp, "files", "own", "more", "injected"]);
    assert.deepEqual(lines.slice(0, 3), ["own/opentelemetry more/opentelemetry", "attributes own", "sdk own"]);
  });

  it("leaves an application without opentelemetry the injected packages", () => {
    assert.deepEqual(run(injected, whole), {
      lines: [
        "started injected",
        "injected/opentelemetry",
        ...["attributes injected", "sdk injected", "propagators missing"],
      ],
      errors: [""],
    });
  });

  it("gives an application its own packages where nothing is injected, as when the operator's webhook failed", () => {
    for (const files of [ownApi, { ...ownApi, ...ownSdk }]) {
      const { lines, errors } = run(files, ["files", "own"]);
      assert.deepEqual(lines.slice(0, 2), ["own/opentelemetry", "attributes own"]);
      assert.deepEqual(errors, [""]);
    }
  });

  it("is not there for an application without opentelemetry where nothing is injected", () => {
    const program = `
try:
    import opentelemetry
except ModuleNotFoundError as error:
    print(error.name, error)
`;
    assert.deepEqual(run({}, ["files"], program), {
      lines: ["opentelemetry No module named 'opentelemetry'"],
      errors: [""],
    });
  });

  it("finds packages in folders that come after start-up, such as the program's own, behind the others", () => {
    const late = { ...ownSdk, "own/opentelemetry/late/exporter/__init__.py": "version = 'own'\n" };
    const program = `
import importlib, sys
sys.path.insert(0, "own")
for name in ["sdk", "late.exporter"]:
    print(name, importlib.import_module("opentelemetry." + name).version)
`;
    assert.deepEqual(run({ ...injected, ...late }, [startUp, "files", "injected"], program), {
      lines: ["started injected", "sdk injected", "late.exporter own"],
      errors: [""],
    });
  });

  it("loads what repairs the SDK before it, where it is injected, and only those that are mounted", () => {
    const repairs = Object.fromEntries(
      ["forks", "limit"].map((name) => [`files/fluffy_observability/${name}.py`, `print(__name__)\n`]),
    );
    const loaded = ["fluffy_observability.forks", "fluffy_observability.limit"];
    assert.deepEqual(run({ ...injected, ...repairs }, whole, "").lines, [...loaded, "started injected"]);
    assert.deepEqual(run({ ...injected, ...ownSdk, ...repairs }, whole, "").lines, [""]);
    assert.deepEqual(run({ ...ownApi, ...repairs }, ["files", "own"], "import opentelemetry").lines, [""]);
  });

  it("has no attribute that it should not have", () => {
    const program = `
import opentelemetry
try:
    opentelemetry.version
except AttributeError as error:
    print(error)
`;
    const { lines } = run(injected, whole, program);
    assert.deepEqual(lines, ["started injected", "module 'opentelemetry' has no attribute 'version'"]);
  });

  it("lets a subprocess import as its parent does", () => {
    const program = `import subprocess, sys\nprint(subprocess.check_output([sys.executable, "-c", ${JSON.stringify(show)}]).decode())`;
    const { lines } = run({ ...injected, ...ownApi }, whole, program);
    assert.deepEqual(lines.slice(0, 3), [
      "started injected",
      "started injected",
      "injected/opentelemetry own/opentelemetry",
    ]);
  });
});
