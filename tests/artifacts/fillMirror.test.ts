import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { bundleArtifact } from "../../artifacts/artifact.ts";
import { fillMirror, type FillMirrorOptions } from "../../artifacts/fillMirror.ts";
import { sha256 } from "../../artifacts/files.ts";
import { programPath } from "../../artifacts/programs/mirrorProgram.ts";
import { everyArtifact } from "../../artifacts/request.ts";
import { mirror } from "../../review/program/mirror.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { fileServer } from "./fileServer.ts";
import { upstreamServer } from "./upstreamServer.ts";

const manifest = "apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: a }\n";
const program = { key: "dl.example.org/v1/etcd", url: "https://dl.example.org/v1/etcd", checksum: sha256("a program") };
const digest = "0123456789abcdef".repeat(4);
const images = { "quay.io/a/a:v1": digest, "quay.io/b/b:v2": undefined };

/** Every file of a folder, by its path there, but for those of one name. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

describe("fillMirror", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const upstream = upstreamServer();
  /** How often the folder was held, and given up again. */
  let held = 0;
  const target = () => join(folder(), "mirror");
  const read = (file: string) => readFileSync(join(target(), file), "utf8");
  const options = (more: Partial<FillMirrorOptions> = {}): FillMirrorOptions => ({
    lockFile: join(folder(), "artifacts.lock.json"),
    hold: () => Promise.resolve({ release: () => (held += 1) }),
    ...{ programs: [program], images, download: { firstPause: 1, timeLimit: 300 }, ...more },
  });
  const fill = (more: Partial<FillMirrorOptions> = {}, version = "v1") =>
    fillMirror([bundleArtifact({ name: "a", version, url: server.url("/a") })], target(), options(more));

  beforeEach(async () => {
    server.answer("/a", manifest);
    await offer("a program");
  });

  /** Lets upstream have a program. */
  async function offer(content: string): Promise<void> {
    const file = join(folder(), programPath(program.key));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    upstream.answerPrograms(folder(), [program]);
  }

  it("writes artifacts, programs, images with their digests, and the checksums of all; nothing else", async () => {
    const expected = [
      ...["bundles/a-v1.yaml", "images.lock.json", "images.txt", "programs/dl.example.org/v1/etcd"],
      "SHA256SUMS",
    ];
    assert.deepEqual(await fill(), expected);
    assert.deepEqual(await filesIn(target()), expected.toSorted());
    assert.deepEqual([read("bundles/a-v1.yaml"), read(programPath(program.key))], [manifest, "a program"]);
    assert.equal(read("images.txt"), `quay.io/a/a:v1@sha256:${digest}\nquay.io/b/b:v2\n`);
    assert.deepEqual(JSON.parse(read("images.lock.json")), { "quay.io/a/a:v1": digest });
    execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: target(), stdio: "pipe" });
    assert.deepEqual(
      [...read("SHA256SUMS").matchAll(/ {2}(.+)$/gm)].map(([, path]) => path),
      expected.slice(0, -1),
    );
  });

  it("brought up to date holds nothing that is not needed any more, and leaves what is not its own", async () => {
    await fill();
    const own = ["NOTES", "charts/own.tgz", "bundles/own.yaml.part"];
    await mkdir(join(target(), "charts"));
    for (const file of own) await writeFile(join(target(), file), "of somebody else");
    // What killed runs leave.
    for (const left of ["bundles/a-v1.yaml.0f8fad5b-d9cb-469f-a165-70867728950e.tmp", `programs/${program.key}.part`])
      await writeFile(join(target(), left), "half");
    const files = await fill({ programs: [] }, "v2");
    assert.deepEqual(files, ["bundles/a-v2.yaml", "images.lock.json", "images.txt", "SHA256SUMS"]);
    assert.deepEqual(await filesIn(target()), [...files, ...own].sort());
  });

  it("deletes nothing outside the folder, whatever its list says", async () => {
    await fill();
    await writeFile(join(folder(), "other"), "");
    const outside = ["../other", "bundles/../../other", "programs/../../other"];
    await writeFile(
      join(target(), "SHA256SUMS"),
      outside.map((path) => `${sha256("")}  ${path}\n`),
    );
    await fill();
    assert.equal(await readFile(join(folder(), "other"), "utf8"), "");
  });

  it("downloads no program that is there as it is recorded, and one that is changed again", async () => {
    await fill();
    await fill();
    assert.equal(upstream.requests(program.url), 1);
    await writeFile(join(target(), programPath(program.key)), "changed");
    await fill();
    assert.deepEqual([upstream.requests(program.url), read(programPath(program.key))], [2, "a program"]);
  });

  it("takes no file that is not the recorded one, and makes no mirror of the rest", async () => {
    await writeFile(join(folder(), "artifacts.lock.json"), JSON.stringify({ "a-v1": sha256("another") }));
    await assert.rejects(fill(), { name: "ArtifactError", message: /the file is not used/ });
    await rm(join(folder(), "artifacts.lock.json"));
    await offer("another program");
    await assert.rejects(fill(), {
      name: "ArtifactError",
      message: `${program.url} has checksum ${sha256("another program")}, but programs.lock.json says ${program.checksum}: it is not used`,
    });
    const none = { key: "dl.example.org/none", url: "https://dl.example.org/none", checksum: digest };
    await assert.rejects(fill({ programs: [none] }), { name: "ArtifactError", message: `there is no ${none.url}` });
    assert.ok(!(await filesIn(target())).includes("SHA256SUMS"));
  });

  it("leaves all lists as they were where a file cannot be had", async () => {
    await fill();
    const lists = ["SHA256SUMS", "images.txt", "images.lock.json"];
    const before = lists.map(read);
    server.answer("/a", (response) => response.writeHead(404).end());
    held = 0;
    await assert.rejects(fill({ images: {} }), { name: "ArtifactError" });
    assert.equal(held, 1);
    assert.deepEqual(lists.map(read), before);
  });

  it("has every bundle and chart at the addresses of upstream, and a mirror of it the same files", async () => {
    const artifacts = mirror ?? (await standInFolder());
    upstream.answerArtifacts(artifacts);
    const files = await fillMirror(everyArtifact, target(), options());
    for (const { path } of everyArtifact) assert.deepEqual(read(path), readFileSync(join(artifacts, path), "utf8"));
    const copy = join(folder(), "copy");
    assert.deepEqual(await fillMirror(everyArtifact, copy, options({ from: target() })), files);
    assert.deepEqual(readFileSync(join(copy, "SHA256SUMS"), "utf8"), read("SHA256SUMS"));
  });
});
