import assert from "node:assert/strict";
import { runCommand } from "../../recovery/command.ts";

describe("runCommand", () => {
  it("hands over more than an argument takes", async () => {
    const input = "x".repeat(1_000_000);
    assert.equal(await runCommand("cat", [], { input }), input);
  });

  it("fails with the last words of the program, and its name", async () => {
    await assert.rejects(runCommand("/bin/sh", ["-c", "echo one >&2; echo two >&2; exit 1"]), /^UserError: sh: two$/);
  });
});
