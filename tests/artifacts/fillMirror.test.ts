import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleArtifact } from "../../artifacts/artifact.ts";
import { fillMirror } from "../../artifacts/fillMirror.ts";
import { sha256 } from "../../artifacts/files.ts";
import { everyArtifact, preparePlatformArtifacts } from "../../artifacts/request.ts";
import { everyImage } from "../../catalog/imageRegistry.ts";
import { mirror } from "../../review/program/mirror.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { parseSettings } from "../../settings/read.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { fileServer } from "./fileServer.ts";

const manifest = "apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: a }\n";

describe("fillMirror", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const target = () => join(folder(), "mirror");
  const lockFile = () => join(folder(), "artifacts.lock.json");
  const fill = () =>
    fillMirror([bundleArtifact({ name: "a", version: "v1", url: server.url("/a") })], target(), {
      ...{ lockFile: lockFile(), images: ["quay.io/a/a:v1"], download: { firstPause: 1, timeLimit: 300 } },
    });

  it("writes artifacts, images and their checksums", async () => {
    server.answer("/a", manifest);
    assert.deepEqual(await fill(), ["bundles/a-v1.yaml", "images.txt", "SHA256SUMS"]);
    const read = (file: string) => readFileSync(join(target(), file), "utf8");
    assert.deepEqual([read("bundles/a-v1.yaml"), read("images.txt")], [manifest, "quay.io/a/a:v1\n"]);
    assert.equal(
      read("SHA256SUMS"),
      `${sha256(manifest)}  bundles/a-v1.yaml\n${sha256("quay.io/a/a:v1\n")}  images.txt\n`,
    );
  });

  it("takes no file that is not the recorded one, and makes no mirror of the rest", async () => {
    server.answer("/a", manifest);
    await writeFile(lockFile(), JSON.stringify({ "a-v1": sha256("another") }));
    await assert.rejects(fill(), { name: "ArtifactError", message: /the file is not used/ });
    await assert.rejects(readFile(join(target(), "SHA256SUMS")), { code: "ENOENT" });
  });

  describe("and an installation from it, with downloads forbidden", () => {
    const { fetch } = globalThis;
    const home = process.cwd();
    const { CI: ci } = process.env;

    beforeEach(() => {
      process.chdir(folder());
      delete process.env["CI"];
      globalThis.fetch = () => {
        throw new Error("a download");
      };
    });
    afterEach(() => {
      process.chdir(home);
      if (ci !== undefined) process.env["CI"] = ci;
      globalThis.fetch = fetch;
    });

    for (const jaegerEngine of ["v2", "operator"]) {
      it(`finds everything there: engine ${jaegerEngine}`, async function () {
        this.timeout(60_000);
        const from = mirror ?? (await standInFolder());
        await fillMirror(everyArtifact, target(), { lockFile: lockFile(), images: everyImage(), from });
        const { bundles, charts } = await preparePlatformArtifacts(
          parseSettings({ artifactsMirror: target(), jaegerEngine }),
        );
        assert.equal(Object.keys({ ...bundles, ...charts }).length, jaegerEngine === "v2" ? 6 : 7);
      });
    }
  });
});
