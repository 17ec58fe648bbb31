import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../../../artifacts/files.ts";
import { downloadAll } from "../../../artifacts/programs/download.ts";
import { mirrorProgram } from "../../../artifacts/programs/mirrorProgram.ts";
import { type LayerRelease, type Platform, releaseKey, releaseUrl } from "../../../artifacts/programs/releases.ts";
import { silentReport } from "../../../cli/silentReport.ts";
import { recordReleases } from "../../../scripts/programsLock/recordReleases.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { fileServer } from "../fileServer.ts";

const gzip = "application/vnd.oci.image.layer.v1.tar+gzip";
const linux: Platform = { os: "linux", arch: "amd64" };

describe("a program that is released in an image", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const options = { firstPause: 1, timeLimit: 1000 };

  const release = (platform = linux, member = "bin/operator"): LayerRelease => ({
    image: `${server.url("").replace("http://", "")}/team/operator:v1`,
    ...{ platform, member },
  });
  const record = (...releases: LayerRelease[]) =>
    recordReleases(releases, join(folder(), "programs.lock.json"), options);

  /** Answers as a registry does that gives everybody a token. */
  function answer(path: string, content: string | Uint8Array): void {
    server.answer("/token?service=here", '{"token":"open"}');
    server.answer(`/v2/team/operator/${path}`, (response, _attempt, { headers }) => {
      const challenge = `Bearer realm="${server.url("/token")}",service="here"`;
      if (headers.authorization === "Bearer open") response.end(content);
      else response.writeHead(401, { "www-authenticate": challenge }).end();
    });
  }

  function layer(files: Readonly<Record<string, string>>): Buffer {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder(), "layer", name)), { recursive: true });
      writeFileSync(join(folder(), "layer", name), content);
    }
    execFileSync("tar", ["-czf", "layer.tar.gz", "-C", "layer", ...Object.keys(files)], { cwd: folder() });
    return readFileSync(join(folder(), "layer.tar.gz"));
  }

  /** Puts an image into the registry. @returns checksums of the layers */
  function push(layers: readonly Buffer[], mediaType = gzip): string[] {
    const digests = layers.map((content) => `sha256:${sha256(content)}`);
    for (const [index, digest] of digests.entries()) answer(`blobs/${digest}`, layers[index] ?? "");
    const config = { mediaType: "application/vnd.oci.image.config.v1+json" };
    const manifest = JSON.stringify({
      ...{ schemaVersion: 2, config },
      layers: digests.map((digest) => ({ digest, mediaType })),
    });
    const digest = `sha256:${sha256(manifest)}`;
    answer(`manifests/${digest}`, manifest);
    const manifests = [
      { digest: `sha256:${"0".repeat(64)}`, platform: { os: "linux", architecture: "arm64" } },
      { digest, platform: { os: "linux", architecture: "amd64" } },
      { digest: `sha256:${"1".repeat(64)}`, platform: { os: "unknown", architecture: "unknown" } },
    ];
    answer("manifests/v1", JSON.stringify({ schemaVersion: 2, manifests }));
    return digests.map((each) => each.replace("sha256:", ""));
  }

  const program = "#!/bin/sh\necho operator\n";
  const base = () => layer({ "etc/passwd": "root", "bin/sh": "a shell" });

  it("is recorded by the layer that has it, the last of several, and taken out of it", async () => {
    const [, , checksum = ""] = push([base(), layer({ "bin/operator": "older" }), layer({ "bin/operator": program })]);
    const key = releaseKey(release());
    assert.deepEqual(await record(release()), { [key]: checksum });
    assert.match(key, /^127\.0\.0\.1:\d+\/team\/operator\/v1\/linux-amd64\.tar\.gz$/);
    const url = releaseUrl(release(), checksum);
    const target = join(folder(), "cache/tools/operator");
    mkdirSync(dirname(target), { recursive: true });
    const download = {
      ...{ url, key, checksum, folder: target },
      members: new Map([["prometheus-operator", "bin/operator"]] as const),
      fileOf: (name: string) => join(target, name),
    };
    const refused = await downloadAll([download], { cache: join(folder(), "cache"), mirror: "" }, silentReport);
    assert.deepEqual([...refused], []);
    assert.equal(readFileSync(download.fileOf("prometheus-operator"), "utf8"), program);

    await mirrorProgram({ key, url, checksum }, join(folder(), "mirror"), "", options);
    assert.equal(sha256(readFileSync(join(folder(), "mirror/programs", key))), checksum);
  });

  it("is not recorded where the image is not made for the system, or has no such program", async () => {
    push([base()]);
    await assert.rejects(record(release()), /^ArtifactError: no layer of \S+ for linux\/amd64 has bin\/operator$/);
    push([layer({ "bin/operator": program })], "application/vnd.oci.image.layer.v1.tar+zstd");
    await assert.rejects(record(release()), /^ArtifactError: no layer of \S+ for linux\/amd64 has bin\/operator$/);
    await assert.rejects(
      record(release({ os: "darwin", arch: "arm64" })),
      /^ArtifactError: \S+\/team\/operator:v1 is not released for darwin\/arm64$/,
    );
  });

  it("is not recorded where the registry answers anything else than what it has announced", async () => {
    const [checksum = ""] = push([layer({ "bin/operator": program })]);
    answer(`blobs/sha256:${checksum}`, layer({ "bin/operator": "another" }));
    await assert.rejects(record(release()), /blobs\/sha256:\S+ has another content: nothing of it is used$/);
    const arm: Platform = { os: "linux", arch: "arm64" };
    answer(`manifests/sha256:${"0".repeat(64)}`, "{}");
    await assert.rejects(record(release(arm)), /manifests\/sha256:0+ has another content: nothing of it is used$/);
  });
});
