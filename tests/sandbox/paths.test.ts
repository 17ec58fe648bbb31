import assert from "node:assert/strict";
import { mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("sandboxPaths", () => {
  const folder = temporaryFolder();
  const before = process.env.XDG_CACHE_HOME;

  afterEach(() => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  });

  it("keeps the state in the project and the cache in the home folder, unless told otherwise", () => {
    delete process.env.XDG_CACHE_HOME;
    const paths = sandboxPaths();
    const project = resolve(import.meta.dirname, "../..");
    assert.deepEqual(paths, {
      cache: join(homedir(), ".cache/fluffy-observability"),
      state: join(project, ".sandbox"),
      project,
      firstPort: 16440,
      programs: { mirror: "", fromSource: false },
    });
  });

  it("respects XDG_CACHE_HOME, but not an empty or a relative one", () => {
    process.env.XDG_CACHE_HOME = "/var/caches";
    assert.equal(sandboxPaths().cache, "/var/caches/fluffy-observability");
    for (const value of ["", "caches"]) {
      process.env.XDG_CACHE_HOME = value;
      assert.equal(sandboxPaths().cache, join(homedir(), ".cache/fluffy-observability"));
    }
  });

  it("takes a state folder as the shell means it, and another first port", () => {
    const paths = sandboxPaths({ state: "elsewhere", port: 20000 });
    assert.equal(paths.state, resolve("elsewhere"));
    assert.equal(paths.firstPort, 20000);
  });

  it("knows a state folder by one name, whatever links lead to it, and before it is there", () => {
    mkdirSync(join(folder(), "real"));
    symlinkSync(join(folder(), "real"), join(folder(), "link"));
    const { state: before } = sandboxPaths({ state: join(folder(), "link/new/state") });
    assert.equal(before, join(realpathSync(folder()), "real/new/state"));
    mkdirSync(before, { recursive: true });
    assert.equal(sandboxPaths({ state: join(folder(), "link/new/state") }).state, before);
  });
});
