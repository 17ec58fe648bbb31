import assert from "node:assert/strict";
import { injectionTable } from "../../../scripts/bench/injectionTable.ts";

describe("injectionTable", () => {
  it("has three rows for each server, with what is added beside what was added before", () => {
    const figures = {
      without: { start: 1, memory: 50, cpu: 0.5 },
      before: { start: 2, memory: 70, cpu: 1 },
      now: { start: 1.5, memory: 60, cpu: 1 },
    };
    const lines = injectionTable([["api", figures]], { rounds: 3, requests: 100 }).split("\n");
    assert.equal(lines[0], "Medians of 3 rounds of 100 requests.");
    assert.deepEqual(lines.slice(-3), [
      "| api | start to the first answer, s | 1.00 | 2.00 | 1.50 | 0.50 times |",
      "| api | memory after the requests, MiB | 50.00 | 70.00 | 60.00 | 0.50 times |",
      "| api | processor for a request, ms | 0.50 | 1.00 | 1.00 | 1.00 times |",
    ]);
  });
});
