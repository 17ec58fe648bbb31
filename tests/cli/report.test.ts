import assert from "node:assert/strict";
import { mock } from "node:test";
import { createReport, during, elapsed } from "../../cli/report.ts";

describe("elapsed", () => {
  it("is in seconds, then in minutes", () => {
    assert.deepEqual([0, 420, 59_940, 60_000, 65_000].map(elapsed), [
      "0.0 s",
      "0.4 s",
      "59.9 s",
      "1 min 00 s",
      "1 min 05 s",
    ]);
  });
});

function recorder(isTTY: boolean) {
  const written: string[] = [];
  let time = 0;
  const stream = { isTTY, columns: 40, write: (text: string) => written.push(text) };
  const report = createReport(stream, () => time);
  return { written, report, pass: (milliseconds: number) => (time += milliseconds) };
}

describe("a report that is no terminal", () => {
  it("prints a line for a note and for the end of a step", () => {
    const { written, report, pass } = recorder(false);
    report.note("hello");
    const activity = report.activity("building");
    pass(1500);
    activity.done();
    report.activity("waiting").fail("timed out");
    assert.deepEqual(written, ["hello\n", "building: done (1.5 s)\n", "waiting: timed out (0.0 s)\n"]);
  });
});

describe("during", () => {
  it("ends a step with what its work gives, and one that throws as failed", async () => {
    const { written, report } = recorder(false);
    await during(report, "starting", () => Promise.resolve("ready"));
    await during(report, "building", async () => {
      await Promise.resolve();
    });
    await assert.rejects(
      during(report, "waiting", () => Promise.reject(new Error("no answer"))),
      /no answer/,
    );
    assert.deepEqual(written, ["starting: ready (0.0 s)\n", "building: done (0.0 s)\n", "waiting: failed (0.0 s)\n"]);
  });
});

describe("a report that is no terminal, over a long time", () => {
  before(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
  });
  after(() => {
    mock.timers.reset();
  });

  it("says what a long step is at, once, and nothing of a short one", () => {
    const { written, report } = recorder(false);
    const short = report.activity("short");
    short.update("first");
    short.drop();
    const long = report.activity("long");
    for (let count = 0; count < 22; count++) {
      long.update("compiling");
      mock.timers.tick(100);
    }
    long.drop();
    assert.deepEqual(written, ["long: compiling (0.0 s so far)\n"]);
  });

  it("says that a step without a detail goes on, and every half minute that it is still at the same", () => {
    const { written, report, pass } = recorder(false);
    const tick = (seconds: number) => {
      pass(seconds * 1000);
      mock.timers.tick(seconds * 1000);
    };
    const step = report.activity("fetching");
    tick(2);
    step.update("compiling");
    tick(1);
    step.update("compiling");
    tick(1);
    tick(30);
    step.done();
    tick(60);
    assert.deepEqual(written, [
      "fetching (2.0 s so far)\n",
      "fetching: compiling (4.0 s so far)\n",
      "fetching: compiling (34.0 s so far)\n",
      "fetching: done (34.0 s)\n",
    ]);
  });
});

describe("a report on a terminal", () => {
  it("redraws one line, no wider than the terminal, and wipes it at the end", async () => {
    const { written, report } = recorder(true);
    const activity = report.activity("applying something with a name that is long");
    await new Promise((resolve) => setTimeout(resolve, 300));
    const drawn = written.at(-1)?.replace("\r\u001b[K", "") ?? "";
    assert.equal(drawn.length, 39);
    assert.match(drawn, /^0\.0 s {2}applying something.*…$/);
    activity.drop();
    assert.equal(written.at(-1), "\r\u001b[K");
  });

  it("keeps notes above the line", () => {
    const { written, report } = recorder(true);
    const activity = report.activity("applying");
    report.note("a note");
    assert.deepEqual(written.slice(0, 2), ["\r\u001b[Ka note\n", "\r\u001b[K0.0 s  applying"]);
    activity.drop();
  });
});
