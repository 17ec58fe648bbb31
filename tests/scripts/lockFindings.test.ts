import assert from "node:assert/strict";
import { resolve } from "node:path";
import { ArtifactError } from "../../artifacts/artifactError.ts";
import { lockFindings } from "../../scripts/lockFindings.ts";

const sum = "1".repeat(64);

describe("lockFindings", () => {
  it("says what the file of the project holds now, for people and for programs", async () => {
    let named = "";
    const found = await lockFindings("some.lock.json", (file) => {
      named = file;
      return Promise.resolve({ "a.tgz": sum });
    });
    assert.equal(named, resolve(import.meta.dirname, "../../some.lock.json"));
    assert.deepEqual(found, {
      text: `${sum}  a.tgz\nsome.lock.json holds 1 checksums: review and commit it`,
      json: { file: "some.lock.json", sha256: { "a.tgz": sum } },
    });
  });

  it("says that the file is as it was, where something cannot be had", async () => {
    const record = () => Promise.reject(new ArtifactError("there is no a.tgz"));
    await assert.rejects(lockFindings("some.lock.json", record), {
      name: "UserError",
      message: "there is no a.tgz; some.lock.json is as it was",
    });
  });
});
