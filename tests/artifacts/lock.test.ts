import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  addToLock,
  checkLock,
  checkMirrored,
  checkMirrorRecorded,
  checkRecorded,
  readLock,
} from "../../artifacts/lock.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const [a, b] = ["a".repeat(64), "b".repeat(64)];

describe("the lock file", () => {
  const folder = temporaryFolder();
  const file = () => join(folder(), "artifacts.lock.json");

  it("is empty where there is none", async () => {
    assert.deepEqual(await readLock(file()), {});
  });

  it("keeps what it has, sorted", async () => {
    await addToLock(file(), { "z-v1": a, "m-v1": b });
    await addToLock(file(), { "a-v1": b });
    assert.equal(await readFile(file(), "utf8"), `{\n  "a-v1": "${b}",\n  "m-v1": "${b}",\n  "z-v1": "${a}"\n}\n`);
  });

  for (const text of ["{", "[]", `{ "a-v1": "short" }`, `{ "a-v1": { "sha256": "x" } }`, `"text"`]) {
    it(`refuses ${text} in one line that names the file`, async () => {
      await writeFile(file(), text);
      await assert.rejects(readLock(file()), (error: Error) => {
        assert.equal(error.name, "ArtifactError");
        assert.ok(error.message.startsWith(file()), error.message);
        assert.match(error.message, /restore it from version control$/);
        return true;
      });
    });
  }
});

describe("checkLock", () => {
  const url = "https://host/bundle.yaml";

  it("passes the recorded checksum, and one that is not recorded yet", () => {
    checkLock({ "x-v1": a }, "x-v1", a, url, "lock");
    checkLock({ "x-v1": a }, "x-v2", b, url, "lock");
  });

  it("refuses another checksum and names both", () => {
    assert.throws(
      () => {
        checkLock({ "x-v1": a }, "x-v1", b, url, "lock");
      },
      new RegExp(`^ArtifactError: x-v1: ${url} has checksum ${b}, but lock says ${a}: nothing of it is used`),
    );
  });
});

describe("checkRecorded", () => {
  it("names every bundle without a checksum, and what to do", () => {
    checkRecorded(["x-v1"], { "x-v1": a }, "lock");
    assert.throws(() => {
      checkRecorded(["x-v1", "y-v1", "z-v1"], { "y-v1": a }, "lock");
    }, /^ArtifactError: lock has no checksum of x-v1, z-v1: run "npm run artifacts:lock" .+ artifactsMirror/);
  });
});

describe("checkMirrored", () => {
  const check = (lock: Record<string, string>, found: string) =>
    checkMirrored(lock, "x-v1", found, "/mirror/bundles/x-v1.yaml", "lock");

  it("passes upstream's file and the mirror's own, and says whether one is recorded", () => {
    assert.equal(check({ "x-v1": a }, a), true);
    assert.equal(check({ "x-v1": a, "mirror:x-v1": b }, b), true);
    assert.equal(check({ "y-v1": a }, b), false);
  });

  it("refuses every other, whatever the mirror says of itself", () => {
    assert.throws(
      () => check({ "x-v1": a }, b),
      /^ArtifactError: artifactsMirror: .+x-v1\.yaml has checksum b{64}, but lock says a{64}: the file is not used; /,
    );
    assert.throws(() => check({ "mirror:x-v1": a }, b), /but lock says a{64}: the file is not used/);
  });
});

describe("checkMirrorRecorded", () => {
  it("names what neither upstream nor the mirror is recorded for, and the command that records it", () => {
    checkMirrorRecorded(["x-v1", "y-v1"], { "x-v1": a, "mirror:y-v1": a }, "lock", "../mirror");
    assert.throws(() => {
      checkMirrorRecorded(["x-v1", "y-v1"], { "mirror:z-v1": a, "x-v1": a }, "lock", "../mirror");
    }, /^ArtifactError: lock has no checksum of y-v1: run "npm run artifacts:lock -- --mirror \.\.\/mirror"/);
  });
});
