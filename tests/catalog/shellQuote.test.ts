import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { shellQuote } from "../../catalog/shellQuote.ts";

describe("shellQuote", () => {
  it("makes one word of any text", () => {
    for (const text of ["plain", "two words", "it's", '$HOME `id` "x" \\', ""]) {
      assert.equal(execFileSync("sh", ["-c", `printf %s ${shellQuote(text)}`], { encoding: "utf8" }), text);
    }
  });
});
