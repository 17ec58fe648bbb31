import assert from "node:assert/strict";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesBelow } from "../../../scripts/bench/diskBytes.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("bytesBelow", () => {
  const folder = temporaryFolder();

  it("adds what files in all folders take, and no holes", () => {
    const place = folder();
    mkdirSync(join(place, "below"));
    const before = bytesBelow(place);
    writeFileSync(join(place, "below/full"), Buffer.alloc(40_960, "x"));
    writeFileSync(join(place, "hole"), "");
    truncateSync(join(place, "hole"), 10_000_000);
    assert.equal(bytesBelow(place) - before, 40_960);
    assert.equal(bytesBelow(join(place, "below/full")), 40_960);
  });
});
