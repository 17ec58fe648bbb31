import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Build, buildEnvironment, planBuild, runBuild, versionModule } from "../../../sandbox/programs/build.ts";
import type { Tool } from "../../../sandbox/programs/catalog.ts";
import { type GoModule, readGoModule } from "../../../sandbox/programs/goModule.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const tool: Tool = {
  module: "one",
  package: "example.com/one",
  versionOf: "example.com/dependency",
  variables: (own) => ({ "main.version": own }),
};

const module: GoModule = {
  folder: "/project/tools/one",
  goVersion: "1.26.0",
  requires: new Map([["example.com/dependency", "v1.2.3"]]),
  hash: "0123456789",
};

describe("planBuild", () => {
  it("names the program's place after its version and what it is built from", () => {
    const build = planBuild("one", tool, module, "/cache");
    assert.match(build.file, /^\/cache\/tools\/one-v1\.2\.3-[0-9a-f]{8}\/one$/);
    const changed = planBuild("one", tool, { ...module, hash: "9876543210" }, "/cache");
    assert.notEqual(changed.file, build.file);
    const otherFlags = planBuild("one", { ...tool, variables: () => ({}) }, module, "/cache");
    assert.notEqual(otherFlags.file, build.file);
    assert.notEqual(planBuild("one", { ...tool, tags: ["small"] }, module, "/cache").file, build.file);
  });

  it("sets the program's variables by linker flags", () => {
    assert.equal(planBuild("one", tool, module, "/cache").linkerFlags, "-s -w -X main.version=v1.2.3");
  });

  it("refuses a module that does not pin the program", () => {
    assert.throws(() => planBuild("one", tool, { ...module, requires: new Map() }, "/cache"), /does not require/);
  });
});

describe("versionModule", () => {
  const requires = new Map(["example.com/a", "example.com/a/b", "example.com/ab"].map((path) => [path, "v1.0.0"]));

  it("is the innermost module that the package is in", () => {
    assert.equal(versionModule({ package: "example.com/a/b/cmd" }, { ...module, requires }), "example.com/a/b");
    assert.equal(versionModule({ package: "example.com/a/cmd" }, { ...module, requires }), "example.com/a");
    assert.equal(versionModule({ package: "example.com/ab" }, { ...module, requires }), "example.com/ab");
  });

  it("is the one that the catalogue names for a program of our own", () => {
    assert.equal(versionModule({ package: ".", versionOf: "example.com/a" }, { ...module, requires }), "example.com/a");
  });

  it("refuses a package of no module that go.mod requires", () => {
    assert.throws(() => versionModule({ package: "example.org/x" }, { ...module, requires }), /does not require/);
  });
});

describe("buildEnvironment", () => {
  it("keeps the user's settings for other builds out", () => {
    const environment = buildEnvironment({ GOOS: "plan9", GOARCH: "mips", GOFLAGS: "-mod=vendor", GOPROXY: "direct" });
    assert.deepEqual(environment, { CGO_ENABLED: "0", GOFLAGS: "", GOGC: "400", GOWORK: "off", GOPROXY: "direct" });
  });
});

describe("runBuild", function () {
  this.timeout(60_000); // a first build of Go's own packages
  const folder = temporaryFolder();

  function plan(source: string): Build {
    writeFileSync(join(folder(), "go.mod"), "module example.com/one\n\ngo 1.21\n");
    writeFileSync(join(folder(), "go.sum"), "");
    writeFileSync(join(folder(), "main.go"), source);
    const file = join(folder(), "cache/one-v1.0.0-00000000/one");
    mkdirSync(dirname(file), { recursive: true });
    const linkerFlags = "-X main.version=v1.0.0";
    const sources = readGoModule(folder());
    const own = { module: "one", package: "." };
    return { name: "one", version: "v1.0.0", tool: own, module: sources, linkerFlags, file };
  }

  it("builds into place and clears away what a killed build left", async () => {
    const build = plan("package main\n\nvar version string\n\nfunc main() { println(version) }\n");
    writeFileSync(`${build.file}.4194999`, "half a program");
    await runBuild(build, () => undefined);
    assert.deepEqual(readdirSync(dirname(build.file)).sort(), ["build.log", "one"]);
  });

  it("says in one line what go said, where the log is, and leaves no program", async () => {
    const build = plan("package main\n\nfunc main() { missing() }\n");
    await assert.rejects(
      runBuild(build, () => undefined),
      (error: Error) => {
        assert.match(error.message, /^building one failed: .*undefined: missing; whole log: .*build\.log$/);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      },
    );
    assert.equal(existsSync(build.file), false);
    assert.match(readFileSync(join(dirname(build.file), "build.log"), "utf8"), /undefined: missing/);
  });
});
