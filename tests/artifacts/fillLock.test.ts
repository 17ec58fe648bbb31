import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleArtifact } from "../../artifacts/artifact.ts";
import { sha256 } from "../../artifacts/files.ts";
import { type FillLockOptions, fillLock } from "../../artifacts/fillLock.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { fileServer } from "./fileServer.ts";

const manifest = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;

describe("fillLock", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const lockFile = () => join(folder(), "artifacts.lock.json");
  const fill = (options: FillLockOptions = {}) =>
    fillLock(
      ["a", "b"].map((name) => bundleArtifact({ name, version: "v1", url: server.url(`/${name}`) })),
      lockFile(),
      { ...options, download: { firstPause: 1, timeLimit: 300 } },
    );

  it("records all bundles and forgets those that are no longer used", async () => {
    await writeFile(lockFile(), JSON.stringify({ "a-v1": sha256(manifest("a")), "a-v0": sha256("old") }));
    for (const name of ["a", "b"]) server.answer(`/${name}`, manifest(name));
    const lock = { "a-v1": sha256(manifest("a")), "b-v1": sha256(manifest("b")) };
    assert.deepEqual(await fill(), lock);
    assert.deepEqual(JSON.parse(await readFile(lockFile(), "utf8")), lock);
  });

  const broken: Record<string, [() => void, RegExp]> = {
    "a bundle cannot be had": [() => undefined, /^b-v1: there is none at /],
    "a bundle is no manifest": [
      () => {
        server.answer("/b", "<html>log in</html>");
      },
      /\/b: document 1 is no Kubernetes object/,
    ],
    "a bundle is not the recorded one": [
      () => {
        server.answer("/b", manifest("another"));
      },
      /^b-v1: .+ nothing of it is used/,
    ],
  };

  for (const [when, [breakIt, message]] of Object.entries(broken)) {
    it(`leaves the file as it was when ${when}`, async () => {
      const before = JSON.stringify({ "b-v1": sha256(manifest("b")) });
      await writeFile(lockFile(), when.includes("recorded") ? before : "{}");
      server.answer("/a", manifest("a"));
      breakIt();
      await assert.rejects(fill(), { name: "ArtifactError", message });
      assert.equal(await readFile(lockFile(), "utf8"), when.includes("recorded") ? before : "{}");
    });
  }

  describe("from a mirror", () => {
    const mirror = () => join(folder(), "mirror");

    async function writeMirror(files: Record<string, string>): Promise<void> {
      await mkdir(join(mirror(), "bundles"), { recursive: true });
      const sums = Object.entries(files).map(([path, content]) => `${sha256(content)}  ${path}\n`);
      for (const [path, content] of Object.entries(files)) await writeFile(join(mirror(), path), content);
      await writeFile(join(mirror(), "SHA256SUMS"), sums.join(""));
    }

    it("records what is not upstream's file under keys of its own, and keeps upstream's", async () => {
      const [a, packed] = [manifest("a"), `${manifest("b")}# packed anew\n`];
      await writeMirror({ "bundles/a-v1.yaml": a, "bundles/b-v1.yaml": packed });
      const upstream = { "a-v1": sha256(a), "b-v1": sha256(manifest("b")) };
      await writeFile(lockFile(), JSON.stringify({ ...upstream, "mirror:a-v0": sha256("old") }));
      const lock = { ...upstream, "mirror:b-v1": sha256(packed) };
      assert.deepEqual(await fill({ mirror: mirror() }), lock);
      assert.deepEqual(JSON.parse(await readFile(lockFile(), "utf8")), lock);
      assert.equal(server.requests("/a"), 0);

      for (const name of ["a", "b"]) server.answer(`/${name}`, manifest(name));
      assert.deepEqual(await fill(), lock, "upstream's own run keeps the mirror's");
    });

    it("records all of it where upstream is not recorded, and no other file afterwards", async () => {
      await writeMirror({ "bundles/a-v1.yaml": manifest("a"), "bundles/b-v1.yaml": manifest("b") });
      const lock = { "mirror:a-v1": sha256(manifest("a")), "mirror:b-v1": sha256(manifest("b")) };
      assert.deepEqual(await fill({ mirror: mirror() }), lock);
      await writeMirror({ "bundles/a-v1.yaml": manifest("a"), "bundles/b-v1.yaml": manifest("another") });
      await assert.rejects(fill({ mirror: mirror() }), {
        name: "ArtifactError",
        message: /^mirror:b-v1: .+ nothing of it is used/,
      });
      assert.deepEqual(JSON.parse(await readFile(lockFile(), "utf8")), lock);
    });
  });
});
