import assert from "node:assert/strict";
import { poll } from "../../../cli/poll.ts";
import { anonymousMemory, MemoryWatch, parsePeak, peakMemory } from "../../../scripts/bench/memory.ts";

describe("peakMemory", () => {
  it("reads the peak of a process status in MiB", () => {
    assert.equal(parsePeak("Name:\tetcd\nVmHWM:\t   20480 kB\nVmRSS:\t 100 kB\n"), 20);
    assert.equal(parsePeak("Name:\tetcd\n"), undefined);
  });

  it("knows nothing of a process that is not there", () => {
    assert.equal(peakMemory(2 ** 30), undefined);
  });
});

describe("MemoryWatch", () => {
  it("knows the most that a process has had", async function () {
    if (process.platform !== "linux") this.skip();
    const watch = new MemoryWatch(process.pid);
    try {
      const before = anonymousMemory(process.pid);
      const held = Buffer.alloc(64 * 2 ** 20, 1);
      assert.ok(await poll(() => watch.peak > before + 50, 5000, 50), `${watch.peak} after ${before} MiB`);
      assert.equal(held.at(-1), 1);
    } finally {
      watch.end();
    }
  });
});
