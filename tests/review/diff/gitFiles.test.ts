import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesAt } from "../../../review/diff/gitFiles.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("filesAt", () => {
  const folder = temporaryFolder();

  function git(...args: string[]): void {
    const identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    const { status, stderr } = spawnSync("git", [...identity, ...args], { cwd: folder(), encoding: "utf8" });
    assert.equal(status, 0, stderr);
  }

  function commit(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder(), path, ".."), { recursive: true });
      writeFileSync(join(folder(), path), text);
    }
    git("add", ".");
    git("commit", "--quiet", "--message", "x");
  }

  beforeEach(() => {
    git("init", "--quiet", "--initial-branch", "main");
    commit({ "golden/dev/a.yaml": "old: ä\n", "golden/prod/ä b.yaml": "", "other.yaml": "x" });
    git("tag", "first");
    commit({ "golden/dev/a.yaml": "new: 1\n" });
  });

  it("reads the files of a folder as they were, and not the ones in the work tree", () => {
    writeFileSync(join(folder(), "golden/dev/a.yaml"), "not committed");
    assert.deepEqual(
      filesAt(folder(), "first", "golden"),
      new Map([
        ["golden/dev/a.yaml", "old: ä\n"],
        ["golden/prod/ä b.yaml", ""],
      ]),
    );
    assert.deepEqual(filesAt(folder(), "HEAD^1", "golden"), filesAt(folder(), "first", "golden"));
    assert.equal(filesAt(folder(), "HEAD", "golden").get("golden/dev/a.yaml"), "new: 1\n");
  });

  it("reads a project that is a folder of a larger repository", () => {
    const files = filesAt(join(folder(), "golden"), "first", "dev");
    assert.deepEqual(files, new Map([["dev/a.yaml", "old: ä\n"]]));
  });

  it("says in one line why git gives nothing", () => {
    rmSync(join(folder(), ".git/objects"), { recursive: true });
    assert.throws(() => filesAt(folder(), "first", "golden"), {
      name: "UserError",
      message: /^git [a-z-]+ failed: fatal: .+$/,
    });
  });

  it("gives nothing for a folder that was not there", () => {
    assert.deepEqual(filesAt(folder(), "HEAD", "nothing"), new Map());
  });

  it("says in one line that a commit is not known, and takes no option for one", () => {
    for (const ref of ["nothing", "--all", "HEAD:golden"]) {
      assert.throws(() => filesAt(folder(), ref, "golden"), {
        name: "UserError",
        message: `--against "${ref}": git knows no such commit (in CI: is it fetched?)`,
      });
    }
  });
});
