import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identify } from "../../../cli/daemons/ownedProcess.ts";
import { addRecord } from "../../../cli/daemons/records.ts";
import { silentReport } from "../../../cli/silentReport.ts";
import {
  buildFailed,
  endOperatorBuild,
  operatorBuild,
  operatorBuildFolder,
  untilOperatorIsBuilt,
} from "../../../sandbox/operators/operatorBuild.ts";

describe("the Prometheus operator's build", () => {
  const state = mkdtempSync(join(tmpdir(), "fluffy-observability-test-"));
  after(() => {
    rmSync(state, { recursive: true, force: true });
  });
  const wait = (signal = new AbortController().signal) => untilOperatorIsBuilt(state, silentReport, signal);

  /** This process, or one that is gone, as the one that builds. */
  function record(isRunning: boolean): string {
    const folder = operatorBuildFolder(state);
    const log = join(folder, "logs", "prometheus-operator-build.log");
    mkdirSync(join(folder, "logs"), { recursive: true });
    writeFileSync(log, "compiling\nerror: go said no\n");
    const own = identify(process.pid) ?? assert.fail();
    const since = new Date(0).toISOString();
    const process_ = isRunning ? own : { ...own, started: "another" };
    addRecord(folder, { ...process_, name: "prometheus-operator-build", since, log, url: "", fingerprint: "" });
    return log;
  }

  it("is not waited for where there is none", async () => {
    assert.equal(operatorBuild(state), undefined);
    assert.equal(buildFailed(undefined), undefined);
    await wait();
  });

  it("is waited for while it lasts, and is forgotten when it has ended well", async () => {
    record(true);
    assert.equal(buildFailed(operatorBuild(state)), undefined);
    let isOver = false;
    const over = wait().then(() => (isOver = true));
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(isOver, false);
    endOperatorBuild(state);
    await over;
    assert.equal(operatorBuild(state), undefined);
  });

  it("is not waited for after a signal", async () => {
    record(true);
    await assert.rejects(wait(AbortSignal.abort()), { name: "Interrupted" });
  });

  it("has failed when its process is gone: one line says how its log ends", async () => {
    const log = record(false);
    const message = `prometheus-operator-build ended; the end of ${log}: compiling | error: go said no`;
    assert.equal(buildFailed(operatorBuild(state)), message);
    await assert.rejects(wait(), { name: "UserError", message });
  });
});
