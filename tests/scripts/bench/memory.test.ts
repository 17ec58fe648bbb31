import assert from "node:assert/strict";
import { parsePeak, peakMemory } from "../../../scripts/bench/memory.ts";

describe("peakMemory", () => {
  it("reads the peak of a process status in MiB", () => {
    assert.equal(parsePeak("Name:\tetcd\nVmHWM:\t   20480 kB\nVmRSS:\t 100 kB\n"), 20);
    assert.equal(parsePeak("Name:\tetcd\n"), undefined);
  });

  it("knows nothing of a process that is not there", () => {
    assert.equal(peakMemory(2 ** 30), undefined);
  });
});
