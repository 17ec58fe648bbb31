import assert from "node:assert/strict";
import { addCounts, countsOfMocha, formatCounts } from "../../../scripts/test/testCounts.ts";

describe("countsOfMocha", () => {
  it("reads mocha's closing lines", () => {
    const output = "\n  lock\n    ✔ is taken\n\n\n  12 passing (3s)\n  1 pending\n  2 failing\n\n  1) lock\n";
    assert.deepEqual(countsOfMocha(output, false), { passed: 12, failed: 2, skipped: 1, standIns: 0 });
  });

  it("reads colours' escape codes over", () => {
    const output = "\u001b[92m \u001b[0m\u001b[32m 3 passing\u001b[0m\u001b[90m (28ms)\u001b[0m\n";
    assert.deepEqual(countsOfMocha(output, true), { passed: 3, failed: 0, skipped: 0, standIns: 0 });
  });

  it("takes the last closing lines where a test printed such lines itself", () => {
    const output = "  7 passing (1s)\n  3 failing\n\n  2 passing (5ms)\n";
    assert.deepEqual(countsOfMocha(output, true), { passed: 2, failed: 0, skipped: 0, standIns: 0 });
  });

  it("adds up the tests that ran against stand-ins", () => {
    const output =
      "    8 tests ran against stand-ins\n\n  text\n      2 tests ran against stand-ins\n\n  12 passing (3s)\n";
    assert.equal(countsOfMocha(output, true).standIns, 10);
  });

  it("counts a run that broke down before its end as one failure", () => {
    assert.deepEqual(countsOfMocha("SyntaxError: Unexpected token", false), {
      passed: 0,
      failed: 1,
      skipped: 0,
      standIns: 0,
    });
  });
});

describe("formatCounts", () => {
  it("leaves skipped tests out where there are none", () => {
    assert.equal(formatCounts({ passed: 2, failed: 0, skipped: 0 }), "2 passed, 0 failed");
  });

  it("sums up", () => {
    const total = addCounts(
      { passed: 2, failed: 1, skipped: 1, standIns: 1 },
      { passed: 3, failed: 0, skipped: 2, standIns: 3 },
    );
    assert.equal(formatCounts(total), "5 passed, 1 failed, 3 skipped");
    assert.equal(total.standIns, 4);
  });
});
