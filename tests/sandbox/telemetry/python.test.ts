import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findPython } from "../../../sandbox/telemetry/python.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("findPython", () => {
  const folder = temporaryFolder();

  /** A program that answers as Python would. */
  function python(version: string, venvCode: number): string {
    const file = path.join(folder(), "python3");
    writeFileSync(file, `#!/bin/sh\ncase "$2" in *venv*) exit ${venvCode} ;; *) echo ${version} ;; esac\n`);
    chmodSync(file, 0o755);
    return file;
  }

  for (const version of ["3.10.0", "3.13.0rc1", "3.14.1", "4.0.0"]) {
    it(`takes ${version}`, async () => {
      const command = python(version, 0);
      assert.deepEqual(await findPython(command), { command, version });
    });
  }

  it("says what to install when there is none", async () => {
    await assert.rejects(findPython(path.join(folder(), "none")), {
      name: "UserError",
      message:
        /none is not on PATH, .*: install Python 3\.10 or newer with venv \(on Debian: python3 and python3-venv\)$/,
    });
  });

  for (const version of ["2.7.18", "3.9.20"]) {
    it(`says that ${version} is too old`, async () => {
      const message = `is ${version}, which is too old`;
      await assert.rejects(findPython(python(version, 0)), (error: Error) => error.message.includes(message));
    });
  }

  it("says that it cannot make virtual environments", async () => {
    await assert.rejects(findPython(python("3.12.4", 1)), { message: /3\.12\.4 cannot make virtual environments/ });
  });
});
