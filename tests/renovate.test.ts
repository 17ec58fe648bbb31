import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { bundles, charts, images, instrumentationImages, versions } from "../components/versions.ts";
import { catalog, type Tool } from "../sandbox/tools/catalog.ts";
import { projectFolder, readProjectFile } from "./support/markdown.ts";

/** A manager of Renovate for a text that it does not know by itself. */
interface Manager {
  readonly customType: string;
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly datasourceTemplate: string;
  readonly depNameTemplate?: string;
  readonly registryUrlTemplate?: string;
}

interface Rule {
  readonly enabled?: boolean;
  readonly groupName?: string;
  readonly matchPackageNames?: readonly string[];
}

const config = JSON.parse(readProjectFile("renovate.json")) as {
  readonly extends: readonly string[];
  readonly customManagers: readonly Manager[];
  readonly packageRules: readonly Rule[];
  readonly ocb: Pick<Manager, "managerFilePatterns">;
  readonly pip_requirements: Pick<Manager, "managerFilePatterns">;
};

/** The files of a manager; a pattern in slashes is a regular expression. */
function filesOf({ managerFilePatterns }: Pick<Manager, "managerFilePatterns">): string[] {
  const files = globSync("{*,.github/**/*,components/*,apps/*/*,tools/*/*}", { cwd: projectFolder });
  return files.filter((file) => managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(file)));
}

/** What a manager finds in a text: the name of the dependency and its version. */
function found(manager: Manager, text: string): { depName: string; currentValue: string }[] {
  return manager.matchStrings.flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern, "g"))].map(({ groups = {} }) => ({
      depName: manager.depNameTemplate ?? groups["depName"] ?? "",
      currentValue: groups["currentValue"] ?? "",
    })),
  );
}

/** The manager of a key of versions.ts: its patterns name it. */
function managerOf(key: string): Manager {
  const own = config.customManagers.filter(({ matchStrings }) => matchStrings.join(" ").includes(`b${key}: `));
  const [manager] = own;
  assert.ok(manager !== undefined && own.length === 1, `${own.length} managers for ${key}`);
  return manager;
}

/** What tells a dependency: its image, its repository on GitHub, or its chart. */
function expectedSources(key: string): string[] {
  const all: Record<string, string> = { ...images, ...autoInstrumentation() };
  const image = all[key];
  const bundle = Object.entries(bundles).find(([name]) => name === key)?.[1].url;
  const chart: { name: string; chart: string; repo?: string } | undefined = Object.entries(charts).find(
    ([name]) => name === key,
  )?.[1];
  return [
    ...(image === undefined ? [] : [`docker ${image.slice(0, image.lastIndexOf(":"))}`]),
    ...(bundle === undefined ? [] : [`github-releases ${bundle.split("/").slice(3, 5).join("/")}`]),
    ...(chart === undefined
      ? []
      : [chart.repo === undefined ? `docker ${chart.chart.replace("oci://", "")}` : `helm ${chart.name}`]),
  ];
}

function autoInstrumentation(): Record<string, string> {
  const entries = Object.entries(instrumentationImages);
  return Object.fromEntries(entries.map(([language, image]) => [`${language}AutoInstrumentation`, image]));
}

describe("renovate.json", () => {
  for (const [key, version] of Object.entries(versions)) {
    it(`finds ${key} in versions.ts and in the README, and where its versions are`, () => {
      const manager = managerOf(key);
      const { datasourceTemplate, depNameTemplate = "", registryUrlTemplate } = manager;
      assert.deepEqual(filesOf(manager).sort(), ["README.md", "components/versions.ts"]);
      for (const file of filesOf(manager)) {
        assert.deepEqual(
          found(manager, readProjectFile(file)),
          [{ depName: depNameTemplate, currentValue: version }],
          file,
        );
      }
      assert.deepEqual(expectedSources(key), [`${datasourceTemplate} ${depNameTemplate}`]);
      assert.equal(registryUrlTemplate, datasourceTemplate === "helm" ? charts.certManager.repo : undefined);
    });
  }

  it("has no manager that finds nothing", () => {
    const keys = Object.keys(versions).map(managerOf);
    const [others, ...more] = config.customManagers.filter((manager) => !keys.includes(manager));
    assert.ok(others !== undefined && more.length === 0);
    const text = filesOf(others).map(readProjectFile).join("\n");
    assert.deepEqual(
      found(others, text).map(({ depName, currentValue }) => [depName, /^v\d+\.\d+\.\d+$/.test(currentValue)]),
      [
        ["sigs.k8s.io/kind", true],
        ["github.com/tilt-dev/ctlptl", true],
      ],
    );
  });

  it("reads the collector's manifest and the Python locks", () => {
    assert.deepEqual(filesOf(config.ocb), ["tools/collector/builder.yaml"]);
    const locks = ["apps/python-api/requirements-test.lock", "apps/python-api/requirements.lock"];
    assert.deepEqual(filesOf(config.pip_requirements).sort(), locks);
  });

  it("keeps the Go programs up to date, which go.mod calls indirect", () => {
    const rule = config.packageRules.find(({ enabled }) => enabled === true);
    const modules = new Set(Object.values<Tool>(catalog).map(({ versionOf }) => versionOf));
    assert.deepEqual([...(rule?.matchPackageNames ?? [])].sort(), [...modules].sort());
  });

  it("pins actions by commit", () => {
    assert.ok(config.extends.includes("helpers:pinGitHubActionDigests"));
  });

  it("moves together what belongs together", () => {
    const groupOf = (name: string) =>
      config.packageRules
        .filter(({ groupName, matchPackageNames = [] }) =>
          groupName === undefined
            ? false
            : matchPackageNames.some((pattern) =>
                pattern.endsWith("/**") ? name.startsWith(pattern.slice(0, -2)) : pattern === name,
              ),
        )
        .map(({ groupName }) => groupName);
    const injected = Object.keys(autoInstrumentation());
    for (const key of ["openTelemetryOperator", "collector", ...injected]) {
      assert.deepEqual(groupOf(managerOf(key).depNameTemplate ?? ""), ["OpenTelemetry"], key);
    }
    assert.deepEqual(groupOf("go.opentelemetry.io/collector/otelcol"), ["OpenTelemetry"]);
    assert.deepEqual(groupOf("@pulumi/kubernetes"), ["Pulumi"]);
    assert.deepEqual(groupOf("k8s.io/kubernetes"), ["Kubernetes programs"]);
    assert.deepEqual(groupOf(managerOf("grafana").depNameTemplate ?? ""), []);
  });
});
