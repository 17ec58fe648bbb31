import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "../../../artifacts/files.ts";
import { readLock, writeLock } from "../../../artifacts/lock.ts";
import { recordDigests } from "../../../scripts/imagesLock/recordDigests.ts";
import { fileServer } from "../../artifacts/fileServer.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("recordDigests", () => {
  const [one = "", two = ""] = ["1", "2"].map((digest) =>
    JSON.stringify({ schemaVersion: 2, manifests: [{ digest }] }),
  );
  const folder = temporaryFolder();
  const server = fileServer();
  const file = () => join(folder(), "images.lock.json");
  const image = (name: string) => `${server.url("").replace("http://", "")}/${name}:1`;
  const record = (...names: string[]) => recordDigests(names.map(image), file(), { firstPause: 1, timeLimit: 1000 });

  beforeEach(() => {
    server.answer("/v2/a/manifests/1", one);
    server.answer("/v2/b/manifests/1", two);
  });

  it("writes those of the images in use, and drops others", async () => {
    await writeLock(file(), { "old:1": "0".repeat(64) });
    const lock = await record("b", "a");
    assert.deepEqual(lock, { [image("a")]: sha256(one), [image("b")]: sha256(two) });
    assert.deepEqual(await readLock(file()), lock);
    assert.deepEqual(await record("b", "a"), lock);
  });

  it("records nothing where one cannot be had, or its tag means another image now", async () => {
    await assert.rejects(record("a", "c"), /there is no .+\/c:1: check the version$/);
    assert.deepEqual(await readLock(file()), {});
    const before = { [image("a")]: "1".repeat(64) };
    await writeLock(file(), before);
    await assert.rejects(record("b", "a"), /\/a:1 has digest .+, but .+images\.lock\.json says 1{64}: find out why$/);
    assert.deepEqual(await readLock(file()), before);
  });
});
