import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { LogAgentRun } from "../support/logAgentRun.ts";
import type { LogTruth } from "../support/logTruth.ts";
import { isVerified, noteResult } from "../support/verifyResults.ts";
import { pieces, RuntimeLogs } from "../support/runtimeLogs.ts";
import { numbered, whole } from "../support/wholeLogs.ts";

/** How long the store is away: two minutes where the table is made. */
const awaySeconds = isVerified() ? 120 : 5;
/** Lines that the agent may read twice after a kill: those since it last noted how far it has read, five times a second. */
const sinceNoted = 400;

describe("the log lines of pods, while files, agent and store come and go,", function () {
  this.timeout(240_000);
  const run = new LogAgentRun(17825);
  const logs = (pod: string) => new RuntimeLogs(run.pods, pod);

  before(() => run.start("store", "agent"));
  after(() => run.remove());

  /** Writes lines at 2,000 a second, and does something in between. */
  async function under(
    file: RuntimeLogs,
    tenths: number,
    at: Readonly<Record<number, () => unknown>> = {},
  ): Promise<number> {
    for (let tenth = 0; tenth < tenths; tenth += 1) {
      file.write(numbered(200, tenth * 200));
      const [, started] = [await at[tenth]?.(), Date.now()];
      await sleep(Math.max(0, 100 - (Date.now() - started)));
    }
    return tenths * 200;
  }

  it("survive a rotation under load", async () => {
    const file = logs("rotated");
    const rotate = () => file.rotate();
    const written = await under(file, 30, { 8: rotate, 16: rotate, 24: rotate });
    whole("Three rotations under 2,000 lines a second", written, await run.settled("rotated", written));
  });

  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    it(`survive a rotation while the agent is away: ${signal}`, async () => {
      const pod = `away-${signal.toLowerCase()}`;
      const file = logs(pod);
      file.write(numbered(1000));
      await run.settled(pod, 1000);
      await run.end("agent", signal);
      file.write(numbered(1000, 1000));
      file.rotate();
      file.write(numbered(1000, 2000));
      await run.start("agent");
      const found = await run.settled(pod, 3000);
      whole(`Rotated while the agent is away, ended by ${signal}`, 3000, found, signal === "SIGTERM" ? 0 : sinceNoted);
    });
  }

  it("survive that the rotated file is compressed while the agent is away", async () => {
    const file = logs("compressed");
    file.write(numbered(1000));
    await run.settled("compressed", 1000);
    await run.end("agent");
    file.write(numbered(1000, 1000));
    file.compress(file.rotate());
    file.write(numbered(1000, 2000));
    await run.start("agent");
    whole("Rotated and compressed while the agent is away", 3000, await run.settled("compressed", 3000));
  });

  it("are whole where the agent is killed between the pieces of one", async () => {
    const file = logs("pieces");
    const long = `begin ${"x".repeat(40_000)} end`;
    const [first = "", second = "", last = ""] = pieces(long).split(/(?<=\n)/);
    file.write(["before"]);
    file.append(first + second);
    await sleep(500);
    await run.end("agent", "SIGKILL");
    file.append(last);
    file.write(["after"]);
    await run.start("agent");
    const found = await run.settled("pieces", 3);
    whole("A line in three pieces, the agent killed after the second", 3, found, 1);
    assert.ok((await run.texts("pieces")).includes(long));
  });

  it("arrive where one in pieces is the first after a silence, in two records", async () => {
    const file = logs("silence");
    file.write(["before"]);
    await run.settled("silence", 1);
    await sleep(3000);
    file.write([`begin ${"x".repeat(20_000)} end`]);
    const { records } = await run.settled("silence", 3);
    const [, ...texts] = await run.texts("silence");
    assert.match(texts.join(""), /^begin x{16378}x{3622} end$/);
    noteResult({
      what: "A line in two pieces, the first after three seconds of silence",
      written: 1,
      found: 1,
      doubled: 0,
      remark: `in ${records - 1} records`,
    } satisfies LogTruth);
  });

  it("arrive where pieces of one are seconds apart, in two records", async () => {
    const file = logs("slow-pieces");
    const [first = "", last = ""] = pieces(`begin ${"x".repeat(20_000)} end`).split(/(?<=\n)/);
    file.append(first);
    await sleep(5000);
    file.append(last);
    const found = await run.settled("slow-pieces", 2);
    const text = (await run.texts("slow-pieces")).join("");
    assert.match(text, /^begin x{16378}x{3622} end$/);
    noteResult({
      what: "A line in two pieces, five seconds apart",
      written: 1,
      found: 1,
      doubled: 0,
      remark: `in ${found.records} records`,
    } satisfies LogTruth);
  });

  it("of a pod that is deleted are lost as far as the agent had not come", async () => {
    const file = logs("deleted");
    file.write(numbered(1000));
    await run.settled("deleted", 1000);
    await run.end("agent");
    file.write(numbered(1000, 1000));
    file.remove();
    await run.start("agent");
    const { records, distinct } = await run.settled("deleted", 2000, 3000);
    assert.equal(distinct, 1000);
    noteResult({
      what: "A pod deleted while the agent is away",
      written: 2000,
      found: distinct,
      doubled: records - distinct,
      remark: "its files are gone",
    } satisfies LogTruth);
  });

  it("are all there after the agent was killed under load, those of its last fifth of a second twice", async () => {
    const file = logs("killed");
    const again = async () => {
      await run.end("agent", "SIGKILL");
      await run.start("agent");
    };
    const written = await under(file, 40, { 10: again, 20: again, 30: again });
    whole(
      "The agent killed three times under 2,000 lines a second",
      written,
      await run.settled("killed", written),
      3 * sinceNoted,
    );
  });

  it("wait while the store is away", async () => {
    const file = logs("waiting");
    const written = await under(file, 20, { 5: () => run.end("store") });
    await sleep(awaySeconds * 1000);
    await run.start("store");
    whole(
      `The store away for ${awaySeconds} seconds under 2,000 lines a second`,
      written,
      await run.settled("waiting", written, 60_000),
    );
  });

  it("are lost with a store that is killed as far as it had not written them: two seconds'", async () => {
    const file = logs("store-killed");
    const written = await under(file, 40, {
      20: async () => {
        await run.end("store", "SIGKILL");
        await run.start("store");
      },
    });
    const { records, distinct } = await run.settled("store-killed", written);
    noteResult({
      what: "The store killed under 2,000 lines a second",
      written,
      found: distinct,
      doubled: records - distinct,
      remark: "it answers before it writes",
    } satisfies LogTruth);
    assert.ok(distinct >= written - 2 * 2000, `${distinct} of ${written}`);
  });
});
