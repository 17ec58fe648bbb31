import assert from "node:assert/strict";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "../../artifacts/files.ts";
import { bundleArtifact, bundleKey } from "../../artifacts/artifact.ts";
import { downloadedFile, readUpstream } from "../../artifacts/upstream.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { fileServer } from "./fileServer.ts";

const content = "apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: b }\n";

describe("readUpstream", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const bundle = () => ({ name: "a", version: "v1.0.0", url: server.url("/a.yaml") });
  const key = "a-v1.0.0";
  const file = () => downloadedFile(folder(), bundleArtifact(bundle()));

  function read(lock: Record<string, string>) {
    return readUpstream(bundleArtifact(bundle()), {
      folder: folder(),
      lock,
      lockFile: "lock",
      download: { firstPause: 1, timeLimit: 200 },
    });
  }

  async function cache(text: string): Promise<void> {
    await mkdir(dirname(file()), { recursive: true });
    await writeFile(file(), text);
  }

  it("keys a bundle by name and version", () => {
    assert.equal(bundleKey(bundle()), key);
  });

  it("downloads once and then uses the cache", async () => {
    server.answer("/a.yaml", content);
    const lock = { [key]: sha256(content) };
    const first = await read(lock);
    const second = await read(lock);
    assert.equal(String(first.content), content);
    assert.equal(first.source, server.url("/a.yaml"));
    assert.equal(String(second.content), content);
    assert.equal(second.source, file());
    assert.equal(server.requests("/a.yaml"), 1);
  });

  it("downloads again when the cached file is not the recorded one", async () => {
    await cache("broken");
    server.answer("/a.yaml", content);
    assert.equal(String((await read({ [key]: sha256(content) })).content), content);
    assert.equal(await readFile(file(), "utf8"), content);
  });

  it("does not trust the cache before a checksum is recorded", async () => {
    await cache("whatever somebody left here");
    server.answer("/a.yaml", content);
    assert.equal(String((await read({})).content), content);
  });

  it("refuses another checksum and keeps nothing of the file", async () => {
    server.answer("/a.yaml", "tampered");
    await assert.rejects(
      read({ [key]: sha256(content) }),
      new RegExp(`^ArtifactError: ${key}: .+/a\\.yaml has checksum ${sha256("tampered")}, but lock says`),
    );
    assert.deepEqual(await readdir(folder()), []);
  });

  it("says which bundle is missing where", async () => {
    await assert.rejects(read({}), {
      name: "ArtifactError",
      message: `${key}: there is none at ${server.url("/a.yaml")}: check its version and address in catalog/versions.ts`,
    });
  });

  it("says which bundle cannot be had, and what to do", async () => {
    server.answer("/a.yaml", (response) => response.writeHead(500).end());
    await assert.rejects(read({}), {
      name: "ArtifactError",
      message:
        `${key}: cannot download ${server.url("/a.yaml")}: the server answered 500 Internal Server Error (tried 3 times); ` +
        "where upstream cannot be reached, set artifactsMirror to a folder or URL that holds it",
    });
    assert.deepEqual(await readdir(folder()), []);
  });

  it("leaves no file of a download that breaks off", async () => {
    server.answer("/a.yaml", (response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    });
    await assert.rejects(read({}));
    assert.deepEqual(await readdir(join(folder())), []);
  });
});
