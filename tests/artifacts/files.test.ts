import assert from "node:assert/strict";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readIfThere, sha256, writeFileAtomically, writeFolderAtomically } from "../../artifacts/files.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("sha256", () => {
  it("is the same for text and for its bytes", () => {
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert.equal(sha256(""), empty);
    assert.equal(sha256(Buffer.alloc(0)), empty);
  });
});

describe("writeFileAtomically", () => {
  const folder = temporaryFolder();

  it("makes folders, replaces a file and leaves nothing else", async () => {
    const file = join(folder(), "a", "b");
    await writeFileAtomically(file, "first");
    await writeFileAtomically(file, "second");
    assert.equal(await readFile(file, "utf8"), "second");
    assert.deepEqual(await readdir(join(folder(), "a")), ["b"]);
  });

  it("leaves nothing half-done when it fails", async () => {
    // A folder cannot be replaced by a file.
    await mkdir(join(folder(), "taken"));
    await assert.rejects(writeFileAtomically(join(folder(), "taken"), "content"), { code: "EISDIR" });
    assert.deepEqual(await readdir(folder()), ["taken"]);
  });
});

describe("writeFolderAtomically", () => {
  const folder = temporaryFolder();

  it("writes all files", async () => {
    await writeFolderAtomically(join(folder(), "x"), { a: "1", "deep/b": "2" });
    assert.equal(await readFile(join(folder(), "x", "deep", "b"), "utf8"), "2");
    assert.deepEqual(await readdir(folder()), ["x"]);
  });

  it("leaves the files of a run that was faster", async () => {
    const target = join(folder(), "x");
    await Promise.all([writeFolderAtomically(target, { a: "1" }), writeFolderAtomically(target, { a: "1" })]);
    assert.deepEqual(await readdir(folder()), ["x"]);
    assert.equal(await readFile(join(target, "a"), "utf8"), "1");
  });

  it("leaves nothing half-done when it fails", async () => {
    // `a` cannot be a file and a folder.
    await assert.rejects(writeFolderAtomically(join(folder(), "x"), { a: "1", "a/b": "2" }));
    assert.deepEqual(await readdir(folder()), []);
  });
});

describe("readIfThere", () => {
  const folder = temporaryFolder();

  it("gives undefined for what is not there, and throws for what cannot be read", async () => {
    const file = join(folder(), "file");
    assert.equal(await readIfThere(() => readFile(file)), undefined);
    await writeFile(file, "text");
    assert.equal(await readIfThere(() => readFile(join(file, "below a file"))), undefined);
    assert.equal(await readIfThere(() => readFile(file, "utf8")), "text");
    await assert.rejects(
      readIfThere(() => readFile(folder())),
      { code: "EISDIR" },
    );
  });
});
