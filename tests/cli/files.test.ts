import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomically } from "../../cli/files.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("writeFileAtomically", () => {
  const folder = temporaryFolder();

  it("makes the folder, replaces the file, and leaves nothing else; only the owner can read it", () => {
    const file = join(folder(), "a", "b.json");
    writeFileAtomically(file, "1");
    writeFileAtomically(file, "2");
    assert.equal(readFileSync(file, "utf8"), "2");
    assert.deepEqual(readdirSync(join(folder(), "a")), ["b.json"]);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    writeFileAtomically(file, "#!/bin/sh", 0o700);
    assert.equal(statSync(file).mode & 0o777, 0o700);
  });

  it("says in one line what cannot be written, and leaves nothing", () => {
    mkdirSync(join(folder(), "taken"));
    assert.throws(
      () => {
        writeFileAtomically(join(folder(), "taken"), "1");
      },
      { name: "UserError", message: /^cannot write .*taken: EISDIR[^\n]*$/ },
    );
    assert.deepEqual(readdirSync(folder()), ["taken"]);
  });
});
