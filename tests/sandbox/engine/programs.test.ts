import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { engineHome } from "../../../sandbox/engine/home.ts";
import { findPrograms, fits } from "../../../sandbox/engine/programs.ts";
import { sdkVersion } from "../../../artifacts/programs/releases.ts";
import { sandboxPaths } from "../../../sandbox/paths.ts";
import { silentReport } from "../../../cli/silentReport.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("findPrograms", () => {
  const folder = temporaryFolder();
  const before = { PATH: process.env.PATH, PULUMI_HOME: process.env.PULUMI_HOME };
  afterEach(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });
  /** Writes a program that says a version. */
  const program = (version: string, ...names: string[]) => {
    const file = path.join(folder(), ...names);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
    return file;
  };
  const plugin = (name: string, version: string) =>
    program(version, "home/plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
  const find = () => {
    const state = path.join(folder(), "state");
    return findPrograms(engineHome({ state }), sandboxPaths({ state }), silentReport);
  };
  const withHome = () => (process.env.PULUMI_HOME = path.join(folder(), "home"));

  it("takes engine and providers from PATH and PULUMI_HOME in versions that fit, and says so", async () => {
    withHome();
    process.env.PATH = `${path.join(folder(), "bin")}:${before.PATH}`;
    const pulumi = program(sdkVersion("pulumi"), "bin/pulumi");
    const [kubernetes, random] = ["kubernetes", "random"].map((name) => plugin(name, sdkVersion(name)));
    const found = await find();
    assert.equal(found.pulumi, pulumi);
    assert.deepEqual(
      found.plugins.map(({ file }) => file),
      [kubernetes, random],
    );
    assert.equal(found.line, `engine ${pulumi}, Kubernetes provider ${kubernetes}, random provider ${random}`);
  });

  it("takes the engine of PULUMI_HOME where the one on PATH is too old", async () => {
    const home = withHome();
    process.env.PATH = `${path.join(folder(), "bin")}:${before.PATH}`;
    program("3.1.0", "bin/pulumi");
    program(sdkVersion("pulumi"), "home/bin/pulumi");
    plugin("kubernetes", sdkVersion("kubernetes"));
    plugin("random", "1.0.0");
    const { pulumi, plugins } = await find();
    assert.equal(pulumi, path.join(home, "bin/pulumi"));
    // A provider in another version than the SDK's is not taken.
    assert.match(plugins[1]?.file ?? "", /state\/engine\/home\/random\/pulumi-resource-random$/);
  });
});

describe("fits", () => {
  it("takes an engine of the SDK's major version that is not older", () => {
    const [major = "", minor = ""] = sdkVersion("pulumi").split(".");
    assert.ok(fits(`v${sdkVersion("pulumi")}`));
    assert.ok(fits(`${major}.${Number(minor) + 1}.0`));
    assert.ok(!fits(`${major}.${Number(minor) - 1}.9`));
    assert.ok(!fits(`${Number(major) + 1}.0.0`));
  });
});
