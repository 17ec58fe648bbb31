import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { cannotRun, requirePrograms } from "../../cli/cannotRun.ts";
import { runCommand } from "../../cli/runCommand.ts";
import { projectFolder, readProjectFile } from "../support/markdown.ts";

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

  it("says so of every program that a script looks for before it begins", () => {
    const text = globSync("scripts/**/*.ts", { cwd: projectFolder }).map(readProjectFile).join("\n");
    const names = [...text.matchAll(/requirePrograms\(([^)]+)\)/g)].flatMap(([, list = ""]) =>
      [...list.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name),
    );
    assert.ok(names.includes("kind"), names.join(" "));
    for (const name of names) assert.match(cannotRun(name, error("ENOENT")).message, /: get it from https:/);
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
