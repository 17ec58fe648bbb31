import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findPython, isTooOld } from "../../../sandbox/telemetry/python.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("isTooOld", () => {
  for (const [version, expected] of [
    ["2.7.18", true],
    ["3.9.20", true],
    ["3.10.0", false],
    ["3.14.1", false],
    ["4.0.0", false],
  ] as const) {
    it(`${version} is ${expected ? "" : "not "}too old`, () => {
      assert.equal(isTooOld(version), expected);
    });
  }
});

describe("findPython", () => {
  const folder = temporaryFolder();

  /** A program that answers as Python would. */
  function python(version: string, venvCode: number): string {
    const file = path.join(folder(), "python3");
    writeFileSync(file, `#!/bin/sh\ncase "$2" in *venv*) exit ${venvCode} ;; *) echo ${version} ;; esac\n`);
    chmodSync(file, 0o755);
    return file;
  }

  it("gives the version", async () => {
    const command = python("3.12.4", 0);
    assert.deepEqual(await findPython(command), { command, version: "3.12.4" });
  });

  it("says what to install when there is none", async () => {
    await assert.rejects(findPython(path.join(folder(), "none")), {
      name: "UserError",
      message:
        /none is not on PATH, .*: install Python 3\.10 or newer with venv \(on Debian: python3 and python3-venv\)$/,
    });
  });

  it("says that it is too old", async () => {
    await assert.rejects(findPython(python("3.9.2", 0)), {
      name: "UserError",
      message: /is 3\.9\.2, which is too old/,
    });
  });

  it("says that it cannot make virtual environments", async () => {
    await assert.rejects(findPython(python("3.12.4", 1)), { message: /3\.12\.4 cannot make virtual environments/ });
  });
});
