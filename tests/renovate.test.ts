import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { bundles, charts, images, instrumentationImages, versions } from "../catalog/versions.ts";
import { catalog, type Tool } from "../sandbox/programs/catalog.ts";
import { projectFolder, readProjectFile } from "./support/markdown.ts";
import { programModule } from "./support/programModule.ts";

/** A manager of Renovate for a text that it does not know by itself. */
interface Manager {
  readonly customType: string;
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly datasourceTemplate: string;
  readonly depNameTemplate?: string;
  readonly registryUrlTemplate?: string;
}

/** What rules say about a dependency. */
interface Ruling {
  readonly enabled: boolean | undefined;
  readonly groupName: string | undefined;
  readonly ignoreUnstable: boolean | undefined;
}

interface Rule extends Partial<Ruling> {
  readonly matchManagers?: readonly string[];
  readonly matchCategories?: readonly string[];
  readonly matchFileNames?: readonly string[];
  readonly matchPackageNames?: readonly string[];
  readonly matchCurrentVersion?: string;
}

/** A dependency as rules see it. */
interface Dependency {
  readonly manager: string;
  readonly category?: string;
  readonly file: string;
  readonly name: string;
  readonly version?: string;
}

type Key = keyof typeof versions;

const keys = Object.keys(versions) as Key[];
const config = JSON.parse(readProjectFile("renovate.json")) as {
  readonly extends: readonly string[];
  readonly customManagers: readonly Manager[];
  readonly packageRules: readonly Rule[];
  readonly ocb: Pick<Manager, "managerFilePatterns">;
  readonly pip_requirements: Pick<Manager, "managerFilePatterns">;
};

/** The files of a manager; a pattern in slashes is a regular expression. */
function filesOf({ managerFilePatterns }: Pick<Manager, "managerFilePatterns">): string[] {
  const tree = "{*,.github/**/*,catalog/*,docs/*,apps/*/*,tools/*/*,sandbox/telemetry/*/*}";
  const files = globSync(tree, { cwd: projectFolder });
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

/** Whether a value fits Renovate's patterns: regular expressions in slashes, else globs; one that begins with `!` must not fit. */
function fits(value: string, patterns: readonly string[]): boolean {
  const fitsOne = (pattern: string) => {
    const glob = pattern
      .replace(/[.+^$()|[\]\\]/g, "\\$&")
      .replace(/\*+/g, (stars) => (stars === "*" ? "[^/]*" : ".*"));
    return new RegExp(pattern.startsWith("/") ? pattern.slice(1, -1) : `^${glob}$`).test(value);
  };
  const wanted = patterns.filter((pattern) => !pattern.startsWith("!"));
  const unwanted = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  return (wanted.length === 0 || wanted.some(fitsOne)) && !unwanted.some(fitsOne);
}

/** What the rules say about a dependency: all that fit, later ones over earlier ones. */
function ruling({ manager, category = "", file, name, version = "" }: Dependency): Ruling {
  const fitting = config.packageRules.filter((rule) => {
    const { matchManagers, matchCategories, matchFileNames, matchPackageNames, matchCurrentVersion } = rule;
    const known = ["Managers", "Categories", "Datasources", "FileNames", "PackageNames", "CurrentVersion"].map(
      (key) => `match${key}`,
    );
    const unknown = Object.keys(rule).filter((key) => key.startsWith("match") && !known.includes(key));
    assert.deepEqual(unknown, [], "this test does not know them");
    return (
      (matchManagers?.includes(manager) ?? true) &&
      (matchCategories?.includes(category) ?? true) &&
      fits(file, matchFileNames ?? ["**"]) &&
      fits(name, matchPackageNames ?? ["**"]) &&
      fits(version, matchCurrentVersion === undefined ? ["**"] : [matchCurrentVersion])
    );
  });
  const last = <K extends keyof Ruling>(key: K) => fitting.findLast((rule) => rule[key] !== undefined)?.[key];
  return { enabled: last("enabled"), groupName: last("groupName"), ignoreUnstable: last("ignoreUnstable") };
}

/** The packages that Renovate finds in requirements and locks. */
function pythonPackages(): Dependency[] {
  const always = { manager: "pip_requirements", category: "python" };
  return filesOf(config.pip_requirements).flatMap((file) => {
    const pins = [...readProjectFile(file).matchAll(/^([\w.-]+)==(\S+)/gm)];
    return pins.map(([, name = "", version = ""]) => ({ ...always, file, name, version }));
  });
}

/** An entry of versions.ts as a dependency. */
function entry(key: Key): Dependency {
  const { depNameTemplate: name = "" } = managerOf(key);
  return { manager: "regex", file: "catalog/versions.ts", name, version: versions[key] };
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
    // A plug-in of Grafana: neither an image nor a file of ours.
    ...(key === "victoriaLogsDatasource" ? ["github-releases VictoriaMetrics/victorialogs-datasource"] : []),
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
  for (const key of keys) {
    it(`looks for versions of ${key} where they are`, () => {
      const { datasourceTemplate, depNameTemplate = "", registryUrlTemplate } = managerOf(key);
      assert.deepEqual(expectedSources(key), [`${datasourceTemplate} ${depNameTemplate}`]);
      assert.equal(registryUrlTemplate, datasourceTemplate === "helm" ? charts.certManager.repo : undefined);
    });
  }

  it("finds this with its own patterns, and no pattern for nothing", () => {
    const finds = (manager: Manager) =>
      filesOf(manager).flatMap((file) =>
        found(manager, readProjectFile(file)).map(({ depName, currentValue }) => `${file}: ${depName} ${currentValue}`),
      );
    const installed = readProjectFile(".github/workflows/e2e.yml").matchAll(/go install (\S+?)(?:\/cmd\/\w+)?@(\S+)/g);
    const listed = keys.map(entry).map(({ name, version = "" }) => `${name} ${version}`);
    const expected = [
      ...[...installed].map(([, module = "", version = ""]) => `.github/workflows/e2e.yml: ${module} ${version}`),
      ...listed.flatMap((text) => [`catalog/versions.ts: ${text}`, `docs/versions.md: ${text}`]),
      `tools/collector/builder.yaml: ${entry("collector").name} ${versions.collector}`,
    ];
    assert.deepEqual(config.customManagers.flatMap(finds).sort(), expected.sort());
    for (const manager of config.customManagers) {
      for (const pattern of manager.matchStrings) {
        assert.ok(finds({ ...manager, matchStrings: [pattern] }).length > 0, pattern);
        // RE2, which Renovate runs them with, has no lookaround and no references.
        assert.doesNotMatch(pattern, /\(\?(<?[=!])|\\[1-9k]/);
      }
    }
  });

  it("reads the collector's manifest and the Python locks", () => {
    assert.deepEqual(filesOf(config.ocb), ["tools/collector/builder.yaml"]);
    assert.deepEqual(filesOf(config.pip_requirements).sort(), [
      "apps/python-api/requirements-test.lock",
      "apps/python-api/requirements.lock",
      "sandbox/telemetry/python/requirements.in",
      "sandbox/telemetry/python/requirements.lock",
    ]);
  });

  it("keeps the Go programs up to date, which go.mod calls indirect", () => {
    const rule = config.packageRules.find(({ enabled }) => enabled === true);
    const modules = new Set(Object.values<Tool>(catalog).map(programModule));
    assert.deepEqual([...(rule?.matchPackageNames ?? [])].sort(), [...modules].sort());
  });

  it("pins actions by commit", () => {
    assert.ok(config.extends.includes("helpers:pinGitHubActionDigests"));
  });

  it("takes betas where every release is one, and nowhere else", () => {
    const all = [...keys.map(entry), ...pythonPackages()];
    const betas = all.filter((dependency) => ruling(dependency).ignoreUnstable === false);
    const expected = all.filter(({ version = "" }) => /\db\d/.test(version));
    assert.deepEqual(betas, expected);
    const python = ["in", "lock"].map((kind) => `sandbox/telemetry/python/requirements.${kind}`);
    const files = new Set(betas.map(({ file }) => file));
    assert.deepEqual([...files].sort(), ["catalog/versions.ts", ...python]);
  });

  it("moves together what belongs together", () => {
    const groupOf = (name: string, manager = "regex") => ruling({ manager, file: "any", name }).groupName;
    const injected = Object.keys(autoInstrumentation()) as Key[];
    for (const key of ["openTelemetryOperator", "collector", ...injected] as const) {
      assert.equal(ruling(entry(key)).groupName, "OpenTelemetry", key);
    }
    assert.equal(groupOf("go.opentelemetry.io/collector/otelcol", "gomod"), "OpenTelemetry");
    assert.equal(groupOf("@pulumi/kubernetes", "npm"), "Pulumi");
    assert.equal(groupOf("k8s.io/kubernetes", "gomod"), "Kubernetes programs");
    assert.equal(ruling(entry("grafana")).groupName, undefined);
  });

  it("moves the packages of the injected images, which the sandbox installs, with the images", () => {
    const file = "sandbox/telemetry/node/package.json";
    const { dependencies } = JSON.parse(readProjectFile(file)) as { dependencies: Record<string, string> };
    const ofNode = Object.keys(dependencies).map((name) => ({ manager: "npm", category: "js", file, name }));
    assert.ok(ofNode.some(({ name }) => name === "@opentelemetry/auto-instrumentations-node"));
    const ofPython = pythonPackages().filter((dependency) => dependency.file.startsWith("sandbox/"));
    const isOurs = ({ name }: Dependency) => name.startsWith("opentelemetry-");
    for (const dependency of [...ofNode, ...ofPython.filter(isOurs)]) {
      const { enabled, groupName } = ruling(dependency);
      assert.deepEqual([enabled, groupName], [undefined, "OpenTelemetry"], dependency.name);
    }
    const distros = ofPython.filter(({ name }) => name === "opentelemetry-distro").map(({ version }) => version);
    assert.deepEqual(distros, [versions.pythonAutoInstrumentation, versions.pythonAutoInstrumentation]);
    // What they need is resolved anew, not moved by itself.
    const others = ofPython.filter((dependency) => !isOurs(dependency));
    assert.ok(others.length > 5 && others.every((dependency) => ruling(dependency).enabled === false));
  });

  it("moves the sample API's Python packages together, whichever manager finds them", () => {
    const ofApi = pythonPackages().filter(({ file }) => file.startsWith("apps/"));
    const file = "apps/python-api/pyproject.toml";
    for (const dependency of [...ofApi, { manager: "poetry", category: "python", file, name: "fastapi" }]) {
      const { enabled, groupName } = ruling(dependency);
      assert.deepEqual([enabled, groupName], [undefined, "Python packages"], dependency.name);
    }
  });
});
