import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readIfThere, sha256 } from "../../artifacts/files.ts";
import { writeLock } from "../../artifacts/lock.ts";
import { releaseKey } from "../../artifacts/programs/releases.ts";
import { recordReleases } from "../../scripts/programsLock/recordReleases.ts";
import { fileServer } from "../artifacts/fileServer.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("recordReleases", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const file = () => join(folder(), "programs.lock.json");
  const release = (name: string, list?: string) => ({
    url: server.url(`/${name}`),
    ...(list === undefined ? {} : { checksums: server.url(`/${list}`) }),
  });
  const record = (...releases: ReturnType<typeof release>[]) =>
    recordReleases(releases, file(), { firstPause: 1, timeLimit: 1000 });
  const [one, two, three] = ["1", "2", "3"].map((digit) => digit.repeat(64)) as [string, string, string];

  it("reads upstream's lists, each once, and a file only where there is none", async () => {
    server.answer("/sums", `${one}  a.tgz\n${two} *./b.tgz\n${three}  other.tgz\n`);
    server.answer("/c.sha256", `${three}\n`);
    server.answer("/d", "the program");
    const releases = [release("a.tgz", "sums"), release("b.tgz", "sums"), release("c", "c.sha256"), release("d")];
    const lock = await record(...releases, release("a.tgz", "sums"));
    const sums = [one, two, three, sha256("the program")];
    assert.deepEqual(lock, Object.fromEntries(releases.map((each, index) => [releaseKey(each), sums[index]])));
    assert.deepEqual(JSON.parse(await readFile(file(), "utf8")), lock);
    assert.deepEqual(
      ["/sums", "/a.tgz", "/c", "/d"].map((path) => server.requests(path)),
      [1, 0, 0, 1],
    );
  });

  it("drops entries of releases that are no longer used", async () => {
    await writeLock(file(), { "example.com/old": one });
    server.answer("/sums", `${one}  a.tgz\n`);
    assert.deepEqual(Object.values(await record(release("a.tgz", "sums"))), [one]);
  });

  it("records nothing where one of them cannot be had, has no line, or another checksum is recorded", async () => {
    server.answer("/sums", `${one}  a.tgz\n`);
    const first = release("a.tgz", "sums");
    await assert.rejects(record(first, release("b", "missing")), /^ArtifactError: there is no .+missing: check the v/);
    await assert.rejects(record(first, release("b")), /^ArtifactError: there is no .+\/b: check the version$/);
    await assert.rejects(
      record(first, release("b.tgz", "sums")),
      /\/sums has no checksum of b\.tgz: nothing is recorded$/,
    );
    assert.equal(await readIfThere(() => readFile(file())), undefined);
    await writeLock(file(), { [releaseKey(first)]: two });
    await assert.rejects(record(first), /has checksum 1{64}, but .+programs\.lock\.json says 2{64}: find out why$/);
  });
});
