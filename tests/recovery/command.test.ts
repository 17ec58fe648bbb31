import assert from "node:assert/strict";
import { runCommand } from "../../recovery/command.ts";

describe("runCommand", () => {
  it("gives what the program prints", async () => {
    assert.equal(await runCommand("pwd", [], "/"), "/\n");
  });

  it("fails with the last words of the program, and its name", async () => {
    await assert.rejects(runCommand("/bin/sh", ["-c", "echo one >&2; echo two >&2; exit 1"]), /^UserError: sh: two$/);
  });
});
