import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readIfThere, sha256 } from "../../../components/artifacts/files.ts";
import { pulumiArchive, recordPulumiChecksum } from "../../../scripts/ci/pulumiChecksum.ts";
import { fileServer } from "../../components/artifacts/fileServer.ts";
import { projectFolder, readProjectFile } from "../../support/markdown.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const content = "the archive";
const archive = pulumiArchive("3.271.0");
const other = `${"0".repeat(64)}  ${pulumiArchive("3.270.0")}\n`;
const older = `${"1".repeat(64)}  ${pulumiArchive("3.260.0")}\n`;

describe("recordPulumiChecksum", () => {
  const folder = temporaryFolder();
  const server = fileServer();
  const list = () => join(folder(), "pulumi-checksums.txt");
  const text = () => readIfThere(() => readFile(list(), "utf8"));

  function record() {
    return recordPulumiChecksum({
      version: "3.271.0",
      list: list(),
      keep: ["3.270.0"],
      releases: server.url("/releases"),
      download: { firstPause: 1, timeLimit: 1000 },
    });
  }

  function release(checksums: string): void {
    server.answer("/releases/v3.271.0/pulumi-3.271.0-checksums.txt", checksums);
    // As GitHub does it: a release's files are elsewhere.
    const elsewhere = server.url("/assets/1").replace("127.0.0.1", "localhost");
    server.answer(`/releases/v3.271.0/${archive}`, (response) =>
      response.writeHead(302, { location: elsewhere }).end(),
    );
    server.answer("/assets/1", content);
  }

  it("records what the archive has and its release says, and keeps only what is asked for", async () => {
    release(`${"2".repeat(64)}  pulumi-v3.271.0-darwin-x64.tar.gz\n${sha256(content)}  ${archive}\n`);
    await writeFile(list(), `# a list\n${other}${older}`);
    assert.equal(await record(), sha256(content));
    const lines = [other, `${sha256(content)}  ${archive}\n`].sort();
    assert.equal((await text())?.replace(/^#.*\n/, ""), lines.join(""));
    assert.equal(await record(), sha256(content), "again");
  });

  const broken: Record<string, [checksums: string, recorded: string, message: RegExp]> = {
    "its release says another": [
      `${"2".repeat(64)}  ${archive}\n`,
      other,
      /has checksum [0-9a-f]{64}, but its release says 2{64}: it is not recorded$/,
    ],
    "its release says nothing": ["", other, /but its release says nothing: it is not recorded$/],
    "another is recorded": [
      `${sha256(content)}  ${archive}\n`,
      `${"3".repeat(64)}  ${archive}\n`,
      /pulumi-checksums\.txt says 3{64}: find out why$/,
    ],
  };
  for (const [when, [checksums, recorded, message]] of Object.entries(broken)) {
    it(`records nothing when ${when}`, async () => {
      release(checksums);
      await writeFile(list(), recorded);
      await assert.rejects(record(), { name: "ArtifactError", message });
      assert.equal(await text(), recorded);
    });
  }

  it("records nothing of a release that is not there", async () => {
    await assert.rejects(record(), {
      name: "ArtifactError",
      message: /^there is no http:.+checksums\.txt: check the version$/,
    });
    assert.equal(await text(), undefined);
  });
});

describe("npm run pulumi:lock", () => {
  it("says in one line how it is used", () => {
    const argv = ["--import", "./runTypeScript.mjs", "scripts/ci/pulumiLock.ts", "--version", "latest"];
    const { status, stderr } = spawnSync(process.execPath, argv, { cwd: projectFolder, encoding: "utf8" });
    assert.deepEqual([status, stderr], [2, '--version "latest": allowed is a version such as 3.270.0\n']);
  });

  it("writes lines as the workflows' script reads them", () => {
    const lines = readProjectFile("scripts/ci/pulumi-checksums.txt").trim().split("\n");
    for (const line of lines) assert.match(line, /^(#.*|[0-9a-f]{64} {2}pulumi-v\d+\.\d+\.\d+-linux-x64\.tar\.gz)$/);
  });
});
