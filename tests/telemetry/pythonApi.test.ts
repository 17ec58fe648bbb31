import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureVirtualEnvironment, findPython } from "../../sandbox/telemetry/python.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { requirePython } from "../support/telemetryStack.ts";

describe("apps/python-api", function () {
  this.timeout(300_000);

  before(async function () {
    await requirePython(this);
  });

  it("passes its own tests", async () => {
    const paths = sandboxPaths();
    const folder = path.join(paths.project, "apps/python-api");
    const lock = path.join(folder, "requirements-test.lock");
    const python = await ensureVirtualEnvironment(lock, await findPython(), paths, silentReport);
    const args = ["-B", "-m", "pytest", "--quiet", "-p", "no:cacheprovider"];
    const { stdout } = await promisify(execFile)(python, args, { cwd: folder }).catch((error: unknown) => {
      // What pytest printed says more than its exit code.
      throw new Error((error as { stdout?: string }).stdout ?? String(error));
    });
    assert.match(stdout, /^\d+ passed/m);
  });
});
