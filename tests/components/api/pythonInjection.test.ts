import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  type PythonInjectionArgs,
  type PythonInstrumentation,
  pythonInjection,
  pythonInstrumentations,
} from "../../../components/api/pythonInjection.ts";
import { resolved } from "../../support/resolved.ts";

const project = join(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(project, path), "utf8");
const injection = (args: PythonInjectionArgs = {}, own?: pulumi.Input<string>) => pythonInjection(args, "/files", own);
const pathOf = (args?: PythonInjectionArgs, own?: pulumi.Input<string>) =>
  resolved(injection(args, own).env["PYTHONPATH"]);
const sitePackages = ["/app/.venv/lib/python3.13/site-packages", "/opt/more packages"];

describe("pythonInjection", () => {
  it("puts the files and the packages of the official images before the injected ones", async () => {
    const folders = ["8", "9", "10", "11", "12", "13", "14", "15"].map(
      (minor) => `/usr/local/lib/python3.${minor}/site-packages`,
    );
    assert.equal(await pathOf(), ["/files", ...folders].join(":"));
    assert.deepEqual(Object.keys(injection().env), ["PYTHONPATH"]);
  });

  it("takes the folders that an application names, in their order", async () => {
    assert.equal(await pathOf({ sitePackages }), ["/files", ...sitePackages].join(":"));
  });

  it("keeps what the application itself has in PYTHONPATH first, an output too", async () => {
    const expected = ["/app", "/files", ...sitePackages].join(":");
    assert.equal(await pathOf({ sitePackages }, "/app"), expected);
    assert.equal(await pathOf({ sitePackages }, pulumi.output("/app")), expected);
  });

  it("brings the files of the start-up", () => {
    const sources = {
      "opentelemetry/__init__.py": "opentelemetry",
      "fluffy_observability/forks.py": "forks",
      "fluffy_observability/asgi.py": "asgi",
      "fluffy_observability/limit.py": "limit",
    };
    const expected = Object.entries(sources).map(([file, name]) => [file, read(`components/api/preload/${name}.py`)]);
    assert.deepEqual(injection().files, Object.fromEntries(expected));
  });

  it("leaves the order of packages to the operator with an empty list", async () => {
    assert.equal(await pathOf({ sitePackages: [] }), "/files");
    assert.equal(await pathOf({ sitePackages: [] }, "/app"), "/app:/files");
  });

  for (const folder of ["lib/python3.13/site-packages", "", "/", "/a:/b"]) {
    it(`refuses ${JSON.stringify(folder)} as a folder`, () => {
      assert.throws(() => injection({ sitePackages: ["/app", folder] }), {
        __pulumiRunError: true,
        message: `python.sitePackages has ${JSON.stringify(folder)}: must be absolute folders such as /app/.venv/lib/python3.13/site-packages`,
      });
    });
  }

  it("has gevent patched before anything is imported, where it is asked to", () => {
    const variable = "OTEL_PYTHON_AUTO_INSTRUMENTATION_EXPERIMENTAL_GEVENT_PATCH";
    assert.equal(injection({ gevent: true }).env[variable], "patch_all");
    assert.ok(!(variable in injection({ gevent: false }).env));
  });

  it("disables every instrumentation but those that are wanted", () => {
    const disabled = (instrumentations?: readonly PythonInstrumentation[]) =>
      injection(instrumentations === undefined ? {} : { instrumentations }).env[
        "OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"
      ];
    assert.equal(disabled(), undefined);
    assert.equal(disabled([]), pythonInstrumentations.join(","));
    const others = pythonInstrumentations.filter((name) => name !== "flask" && name !== "system_metrics");
    assert.equal(disabled(["system_metrics", "flask"]), others.join(","));
    assert.equal(disabled(pythonInstrumentations), "");
  });

  it("refuses an instrumentation that there is not, and says which there are", () => {
    const instrumentations = ["fastapi", "fast-api"] as readonly string[] as readonly PythonInstrumentation[];
    assert.throws(() => injection({ instrumentations }), {
      __pulumiRunError: true,
      message: `python.instrumentations has "fast-api": allowed are ${pythonInstrumentations.join(", ")}`,
    });
  });
});

describe("pythonInstrumentations", () => {
  it("are those of the operator's image, as the data file of the injection check has them", () => {
    const { python } = JSON.parse(read("scripts/injectionCheck/instrumented.json")) as {
      python: Record<string, { loads: string[] }>;
    };
    const loaded = Object.values(python).flatMap(({ loads }) => loads);
    assert.deepEqual([...pythonInstrumentations], loaded.sort());
  });
});
