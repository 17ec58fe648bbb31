import assert from "node:assert/strict";
import { cannotRun, requirePrograms } from "../../cli/cannotRun.ts";
import { runCommand } from "../../cli/runCommand.ts";

describe("a program that cannot be run", () => {
  const error = (code: string) => Object.assign(new Error(`spawn ${code}`), { code });

  it("says where to get one that is missing", () => {
    assert.equal(
      cannotRun("ctlptl", error("ENOENT")).message,
      "ctlptl is not on PATH: get it from https://github.com/tilt-dev/ctlptl",
    );
    assert.equal(cannotRun("nothing", error("ENOENT")).message, "nothing is not on PATH");
    assert.equal(cannotRun("/gone/pulumi", error("ENOENT")).message, "there is no program /gone/pulumi");
  });

  it("says what else is wrong", () => {
    assert.equal(cannotRun("/bin/pulumi", error("EACCES")).message, "pulumi cannot be run: spawn EACCES");
  });

  it("is said by whoever runs programs", async () => {
    await assert.rejects(runCommand("no-such-program", []), {
      name: "UserError",
      message: "no-such-program is not on PATH",
    });
  });

  it("is found before it is run", () => {
    requirePrograms("sh");
    assert.throws(
      () => {
        requirePrograms("sh", "no-such-program", "no-other-program");
      },
      { name: "UserError", message: "no-such-program is not on PATH; no-other-program is not on PATH" },
    );
  });
});
