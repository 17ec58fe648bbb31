import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { planBuild, runBuild } from "../../../sandbox/programs/build.ts";
import { readGoModule } from "../../../sandbox/programs/goModule.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("stand-ins for packages of dependencies", function () {
  this.timeout(120_000); // a first build of Go's own packages
  const folder = temporaryFolder();

  beforeEach(() => {
    write("go.mod", [
      "module example.com/tools\n\ngo 1.21\n\nrequire example.com/one v1.0.0\n",
      "require example.com/one/apart v1.0.0\n",
      "replace example.com/one => ./one\n\nreplace example.com/one/apart => ./apart\n",
    ]);
    write("go.sum", []);
    write("one/go.mod", ["module example.com/one\n\ngo 1.21\n\nrequire example.com/one/apart v1.0.0\n"]);
    write("apart/go.mod", ["module example.com/one/apart\n\ngo 1.21\n"]);
    write("apart/apart.go", [`package apart\n\nconst Name = "apart's own"\n`]);
    write("one/cmd/main.go", [
      `package main\n\nimport (\n\t"example.com/one/apart"\n\t"example.com/one/driver"\n\t"example.com/one/driver/below"\n)\n`,
      `func main() { print(driver.Name, ", ", below.Name, ", ", apart.Name) }\n`,
    ]);
    write("one/driver/driver.go", [`package driver\n\nimport _ "example.com/large"\n\nconst Name = "the driver"\n`]);
    write("one/driver/below/below.go", [`package below\n\nconst Name = "below"\n`]);
  });

  function write(name: string, parts: string[]): void {
    const file = join(folder(), name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, parts.join("\n"));
  }

  const plan = () => {
    const tool = { module: "tools", package: "example.com/one/cmd" };
    const build = planBuild("one", tool, readGoModule(folder()), join(folder(), "cache"));
    mkdirSync(dirname(build.file), { recursive: true });
    return build;
  };

  it("take the place of whole packages, and of these only", async () => {
    write("_standins/example.com/one/driver/driver.go", [`package driver\n\nconst Name = "a stand-in"\n`]);
    write("_standins/example.com/one/apart/apart.go", [`package apart\n\nconst Name = "another"\n`]);
    const build = plan();
    await runBuild(build, () => undefined);
    assert.equal(spawnSync(build.file, { encoding: "utf8" }).stderr, "a stand-in, below, another");
    assert.deepEqual(readdirSync(dirname(build.file)).sort(), ["build.log", "one"]);
  });

  it("embed what the packages they stand for embed", async () => {
    write("one/driver/name.txt", ["a file of the driver"]);
    write("_standins/example.com/one/driver/driver.go", [
      `package driver\n\nimport _ "embed"\n\n//go:embed name.txt\nvar Name string\n`,
    ]);
    const build = plan();
    await runBuild(build, () => undefined);
    assert.equal(spawnSync(build.file, { encoding: "utf8" }).stderr, "a file of the driver, below, apart's own");
  });

  it("are part of what a build depends on", () => {
    const before = plan().file;
    write("_standins/example.com/one/driver/driver.go", ["package driver\n"]);
    assert.notEqual(plan().file, before);
  });

  it("refuse a package of no module that go.mod requires", async () => {
    write("_standins/example.org/other/other.go", ["package other\n"]);
    const build = plan();
    await assert.rejects(
      runBuild(build, () => undefined),
      /go\.mod does not require the module of example\.org\/other$/,
    );
  });
});
