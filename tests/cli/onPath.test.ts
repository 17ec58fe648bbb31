import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { firstProgram, pathFolders } from "../../cli/onPath.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("pathFolders", () => {
  it("leaves out what is empty, which a shell takes for the folder it is in", () => {
    assert.deepEqual(pathFolders(["/a", "", "b"].join(path.delimiter)), ["/a", "b"]);
  });
});

describe("firstProgram", () => {
  const folder = temporaryFolder();

  it("is the first file that may be run", () => {
    const folders = ["none", "text", "first", "second"].map((name) => path.join(folder(), name));
    for (const each of folders.slice(1)) {
      mkdirSync(each);
      writeFileSync(path.join(each, "tool"), "#!/bin/sh\n");
      chmodSync(path.join(each, "tool"), each.endsWith("text") ? 0o644 : 0o755);
    }
    assert.equal(firstProgram("tool", folders), path.join(folder(), "first", "tool"));
    assert.equal(firstProgram("other", folders), undefined);
  });
});
