import assert from "node:assert/strict";
import { runCommand } from "../../recovery/command.ts";

describe("runCommand", () => {
  it("gives what the program prints", async () => {
    assert.equal(await runCommand("pwd", [], "/"), "/\n");
  });

  it("fails with the last words of the program, and its name", async () => {
    await assert.rejects(runCommand("/bin/sh", ["-c", "echo one >&2; echo two >&2; exit 1"]), /^UserError: sh: two$/);
  });

  it("fails with every error where there is more than one: the reason may stand above", async () => {
    const fails = (text: string) => runCommand("/bin/sh", ["-c", `printf '${text}' >&2; exit 1`]);
    await assert.rejects(fails("a note\\nerror: why\\nnote\\nerror: what to do\\n"), {
      message: "sh: error: why\nerror: what to do",
    });
    await assert.rejects(fails("error: 2 errors occurred:\\n    1) why\\n    2) what to do\\n\\n"), {
      message: "sh: error: 2 errors occurred:\n    1) why\n    2) what to do",
    });
  });
});
