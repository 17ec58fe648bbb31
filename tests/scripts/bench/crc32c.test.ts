import assert from "node:assert/strict";
import { crc32c } from "../../../scripts/bench/crc32c.ts";

describe("crc32c", () => {
  it("is the Castagnoli checksum: the check value of its catalogue", () => {
    assert.equal(crc32c(Buffer.from("123456789")), 0xe3069283);
  });
});
