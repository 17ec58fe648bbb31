import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../../components/artifacts/files.ts";
import { fillLock } from "../../../components/artifacts/fillLock.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { fileServer } from "./fileServer.ts";

const manifest = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;

describe("fillLock", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const lockFile = () => join(folder(), "artifacts.lock.json");
  const fill = () =>
    fillLock(
      ["a", "b"].map((name) => ({ name, version: "v1", url: server.url(`/${name}`) })),
      lockFile(),
      { firstPause: 1, timeLimit: 300 },
    );

  it("records all bundles and forgets those that are no longer used", async () => {
    await writeFile(lockFile(), JSON.stringify({ "a-v1": sha256(manifest("a")), "a-v0": sha256("old") }));
    for (const name of ["a", "b"]) server.answer(`/${name}`, manifest(name));
    const lock = { "a-v1": sha256(manifest("a")), "b-v1": sha256(manifest("b")) };
    assert.deepEqual(await fill(), lock);
    assert.deepEqual(JSON.parse(await readFile(lockFile(), "utf8")), lock);
  });

  const broken: Record<string, [() => void, RegExp]> = {
    "a bundle cannot be had": [() => undefined, /^b-v1: there is no /],
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
});
