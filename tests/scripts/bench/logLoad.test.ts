import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  containerId,
  createLogFiles,
  logFile,
  logLine,
  type LogPods,
  writeLogs,
} from "../../../scripts/bench/logLoad.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("the lines of the benchmark", () => {
  const folder = temporaryFolder();

  it("are of an access log, of a logger, and JSON, of about the same length, with the mark as a word", () => {
    const all = Array.from({ length: 10 }, (_, number) => logLine(number, "mark1"));
    assert.equal(all.filter((line) => line.startsWith("INFO: ")).length, 6);
    const [json = ""] = all.filter((line) => line.startsWith("{"));
    assert.equal((JSON.parse(json) as { trace_id: string }).trace_id.length, 32);
    for (const line of all) {
      assert.match(line, /\bmark1\b/);
      assert.ok(line.length > 140 && line.length < 200, `${line.length}: ${line}`);
    }
  });

  it("stand in files as the runtime and the kubelet have them", async () => {
    const pods: LogPods = {
      ...{ names: ["a", "b"], namespace: "bench", container: "app" },
      pods: path.join(folder(), "pods"),
      containers: path.join(folder(), "containers"),
    };
    createLogFiles(pods);
    assert.equal(await writeLogs(pods, "mark1", 400, 0.1), 40);
    for (const pod of pods.names) {
      const text = readFileSync(path.join(pods.containers, `${pod}_bench_app-${containerId(pod)}.log`), "utf8");
      assert.equal(text, readFileSync(logFile(pods, pod), "utf8"));
      const lines = text.trimEnd().split("\n");
      assert.equal(lines.length, 20);
      for (const line of lines) assert.match(line, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z stdout F /);
    }
  });
});
