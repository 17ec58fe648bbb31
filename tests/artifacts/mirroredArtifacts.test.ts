import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sha256 } from "../../artifacts/files.ts";
import { key, manifest, mirrored, preparation } from "./preparation.ts";

describe("prepareArtifacts from a mirror", () => {
  const { folder, server, lockFile, warnings, prepare, fails, writeMirror } = preparation();

  it("gives local charts, asks no server and writes no lock", async () => {
    const { bundles, charts } = await prepare({ mirror: await writeMirror(mirrored), unattended: true });
    assert.match(bundles.operator.path, /\/some-operator-v1\.0\.0-[0-9a-f]{12}$/);
    assert.deepEqual(Object.keys(charts.fromRepo), ["chart"]);
    assert.match(charts.fromRepo.chart, /\/\.artifacts\/charts\/one-v1\.1\.0-[0-9a-f]{12}\.tgz$/);
    assert.equal(await readFile(charts.fromRegistry.chart, "utf8"), "archive two");
    assert.equal(server.requests("/bundle.yaml"), 0);
    await assert.rejects(readFile(lockFile()), { code: "ENOENT" });
  });

  it("gives the same paths wherever the mirror is", async () => {
    const first = await prepare({ mirror: await writeMirror(mirrored) });
    for (const [path, content] of Object.entries(mirrored)) server.answer(`/mirror/${path}`, content);
    server.answer("/mirror/SHA256SUMS", await readFile(join(folder(), "mirror", "SHA256SUMS")));
    assert.deepEqual(await prepare({ mirror: server.url("/mirror") }), first);
  });

  it("says which files only the mirror vouches for, and how to record them", async () => {
    await writeFile(lockFile(), JSON.stringify({ [key]: sha256(manifest) }));
    const mirror = await writeMirror(mirrored);
    await prepare({ mirror });
    assert.deepEqual(warnings(), [
      "warning: [runtime] artifactsMirror: only the mirror itself says what one-v1.1.0.tgz, two-2.0.0.tgz must be: " +
        `record them by "npm run artifacts:lock -- --mirror ${mirror}"`,
    ]);
  });

  it("refuses what is not recorded when locked, and gives all of it once it is recorded", async () => {
    const mirror = await writeMirror(mirrored);
    const recorded = { [key]: sha256(manifest), "mirror:one-v1.1.0.tgz": sha256("archive one") };
    await writeFile(lockFile(), JSON.stringify(recorded));
    await fails(
      /^.+artifacts\.lock\.json has no checksum of two-2\.0\.0\.tgz: run "npm run artifacts:lock -- --mirror .+mirror"/,
      {
        mirror,
        locked: true,
      },
    );
    await writeFile(lockFile(), JSON.stringify({ ...recorded, "mirror:two-2.0.0.tgz": sha256("archive two") }));
    const { charts } = await prepare({ mirror, locked: true });
    assert.equal(await readFile(charts.fromRegistry.chart, "utf8"), "archive two");
    assert.deepEqual(warnings(), []);
  });

  for (const entry of ["some-operator-v1.0.0", "mirror:some-operator-v1.0.0", "one-v1.1.0.tgz"]) {
    it(`uses no file that the lock's ${entry} is not of, though the mirror says its checksum`, async () => {
      await writeFile(lockFile(), JSON.stringify({ [entry]: sha256("another") }));
      const mirror = await writeMirror(mirrored);
      await fails(/^artifactsMirror: .+ has checksum .+artifacts\.lock\.json says .+: the file is not used; /, {
        mirror,
      });
      const written = await readdir(folder(), { recursive: true });
      const [name = ""] = entry.replace("mirror:", "").split("-v1");
      assert.ok(!written.some((file) => file.startsWith(`.artifacts/charts/${name}`)), written.join(", "));
    });
  }

  it("refuses a mirror that redirects to another host", async () => {
    const elsewhere = server.url("/SHA256SUMS").replace("127.0.0.1", "localhost");
    server.answer("/mirror/SHA256SUMS", (response) => response.writeHead(302, { location: elsewhere }).end());
    await fails(/SHA256SUMS: it redirects to another host, localhost:\d+$/, { mirror: server.url("/mirror") });
    assert.equal(server.requests("/SHA256SUMS"), 0);
  });

  it("refuses a mirror by plain http", async () => {
    await fails(/^cannot download http:\/\/mirror\.example\.org\/SHA256SUMS: it must be an https URL/, {
      mirror: "http://mirror.example.org",
    });
  });

  it("holds the sandbox's stand-ins to no lock, and says so in one line", async () => {
    await writeFile(lockFile(), JSON.stringify({ [key]: sha256("another") }));
    const mirror = `stand-ins:${await writeMirror(mirrored)}`;
    await prepare({ mirror, locked: true, unattended: true });
    assert.deepEqual(warnings(), [
      `warning: [runtime] stand-ins in place of the real operators are held to nothing in ${lockFile()}`,
    ]);
  });

  it("names a file that is missing", async () => {
    const mirror = await writeMirror(mirrored);
    await rm(join(mirror, "charts/two-2.0.0.tgz"));
    await fails(/^artifactsMirror: there is no .+charts\/two-2\.0\.0\.tgz$/, { mirror });
  });

  it("writes nothing any more once it has failed", async () => {
    const mirror = await writeMirror({ ...mirrored, "charts/one-v1.1.0.tgz": "archive one".repeat(2 ** 20) });
    await rm(join(mirror, "charts/two-2.0.0.tgz"));
    await fails(/charts\/two-2\.0\.0\.tgz$/, { mirror });
    const written = await readdir(folder(), { recursive: true });
    await sleep(200);
    assert.deepEqual(await readdir(folder(), { recursive: true }), written);
  });

  it("uses nothing of a file with another checksum", async () => {
    const mirror = await writeMirror(mirrored);
    await writeFile(join(mirror, `bundles/${key}.yaml`), `${manifest}# changed\n`);
    await fails(/bundles\/some-operator-v1\.0\.0\.yaml has checksum .+ the file is not used$/, { mirror });
    assert.deepEqual(await readdir(folder()), ["mirror"]);
  });

  it("names the file and line of a manifest that is not YAML", async () => {
    const mirror = await writeMirror({ ...mirrored, [`bundles/${key}.yaml`]: "a: 1\nb: [\n" });
    await fails(/^\/.+\/mirror\/bundles\/some-operator-v1\.0\.0\.yaml:\d: not YAML: /, { mirror });
  });
});
