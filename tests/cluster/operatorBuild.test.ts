import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type HeldLock, lockFile } from "../../cli/lockFile.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { engineHome } from "../../sandbox/engine/home.ts";
import { operatorBuild } from "../../sandbox/operators/operatorBuild.ts";
import { sandboxPaths, type SandboxPaths } from "../../sandbox/paths.ts";
import { stopSandbox } from "../../sandbox/stop.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { eventually } from "../support/eventually.ts";
import { platformSandbox, platformSettings } from "../support/platformSandbox.ts";

describe("up where the Prometheus operator is not built yet", function () {
  this.timeout(20 * 60_000); // the first time all programs are built
  const work = mkdtempSync(join(tmpdir(), "fluffy-observability-test-"));
  const { XDG_CACHE_HOME, GOCACHE } = process.env;
  let paths: SandboxPaths;
  let lock: HeldLock;
  const sandbox = platformSandbox(() => paths);

  before("a cache that has everything else, and another process that builds it", async () => {
    const usual = sandboxPaths();
    const { "prometheus-operator": file } = await ensureTools(
      ["prometheus-operator", "pulumi", "kwokctl"],
      usual,
      silentReport,
    );
    // Go's own cache goes on to be the one that it is.
    process.env.GOCACHE = execFileSync("go", ["env", "GOCACHE"], { encoding: "utf8" }).trim();
    process.env.XDG_CACHE_HOME = join(work, "cache");
    paths = sandboxPaths({ state: join(work, "state"), port: 17_860 });
    mkdirSync(join(paths.cache, "tools"), { recursive: true });
    mkdirSync(paths.state);
    const without = dirname(file);
    for (const name of readdirSync(usual.cache).filter((each) => each !== "tools"))
      symlinkSync(join(usual.cache, name), join(paths.cache, name));
    for (const name of readdirSync(join(usual.cache, "tools")).map((each) => join(usual.cache, "tools", each)))
      if (!name.startsWith(without)) symlinkSync(name, name.replace(usual.cache, paths.cache));
    lock = await lockFile(`${without.replace(usual.cache, paths.cache)}.lock`, () => undefined);
  });

  after(async () => {
    await stopSandbox(paths, silentReport);
    for (const [name, value] of Object.entries({ XDG_CACHE_HOME, GOCACHE }))
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    rmSync(work, { recursive: true, force: true });
  });

  const status = async () => {
    const { code, stderr, lines } = await sandbox.run("status");
    assert.equal(code, 0, stderr);
    const { operators, problems } = JSON.parse(lines.at(-1) ?? "") as {
      operators: { name: string; running: boolean }[];
      problems: string[];
    };
    return { operators: operators.map(({ name, running }) => ({ name, running })), problems };
  };

  it("ends before the build, which goes on, and says so", async () => {
    const up = await sandbox.run("up", await platformSettings("dev"));
    assert.equal(up.code, 0, up.stderr);
    assert.match(up.stderr, /^the Prometheus operator is still being built, once for its version: .*status/m);
    assert.deepEqual(await status(), {
      operators: [{ name: "prometheus-operator-build", running: true }],
      problems: [],
    });
  });

  it("builds in no folder that the next verb empties", () => {
    const { pid } = operatorBuild(paths.state) ?? assert.fail();
    const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
    assert.ok(environment.includes("GOCACHE="));
    assert.ok(!environment.includes(engineHome(paths).temporary));
  });

  it("runs it as soon as it is built: it takes in the objects that are there", async () => {
    lock.release();
    await eventually(async () => {
      assert.deepEqual(await status(), { operators: [{ name: "prometheus-operator", running: true }], problems: [] });
    }, 15 * 60_000);
  });
});
