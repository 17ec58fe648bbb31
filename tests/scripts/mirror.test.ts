import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { sha256 } from "../../artifacts/files.ts";
import { writeLock } from "../../artifacts/lock.ts";
import { releaseKey } from "../../artifacts/programs/releases.ts";
import { everyArtifact } from "../../artifacts/request.ts";
import { everyImage } from "../../catalog/imageRegistry.ts";
import { copyProject } from "../../review/program/projectCopy.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { everyRelease } from "../../scripts/programsLock/everyRelease.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("npm run mirror", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const at = (name: string) => join(folder(), name);

  const mirror = async (...argv: string[]) => {
    const project = at("project");
    const program = ["--import", join(project, "runTypeScript.mjs"), join(project, "scripts/mirror.ts")];
    return promisify(execFile)(process.execPath, [...program, at("mirror"), ...argv], { cwd: project });
  };

  it("fills a folder with what is recorded for a system, and says in a line each what is not", async () => {
    await copyProject(at("project"));
    cpSync(await standInFolder(), at("from"), { recursive: true });
    const [image = "", ...others] = everyImage();
    writeFileSync(at("project/images.lock.json"), JSON.stringify({ [image]: "0".repeat(64) }));
    const all = [...new Set(everyRelease([{ os: "linux", arch: "amd64" }]).map(releaseKey))];
    const key = all.find((each) => each.endsWith("/kwok-linux-amd64")) ?? assert.fail();
    mkdirSync(dirname(at(`from/programs/${key}`)), { recursive: true });
    writeFileSync(at(`from/programs/${key}`), "a program");
    await writeLock(at("project/programs.lock.json"), { [key]: sha256("a program") });

    const { stdout, stderr } = await mirror("--from", at("from"), "--system", "linux-amd64");
    const files = [
      ...everyArtifact.map(({ path }) => path),
      ...["images.lock.json", "images.txt", `programs/${key}`, "SHA256SUMS"],
    ];
    const lines = stdout.trim().split("\n");
    assert.deepEqual(lines.slice(0, -1).toSorted(), files.map((file) => at(`mirror/${file}`)).toSorted());
    assert.match(lines.at(-1) ?? "", /^set artifactsMirror to \S+\/mirror; /);
    assert.equal(readFileSync(at("mirror/images.txt"), "utf8").split("\n")[0], `${image}@sha256:${"0".repeat(64)}`);
    const notes = stderr.trim().split("\n");
    assert.equal(notes.length, 2, stderr);
    assert.match(
      notes[0] ?? "",
      new RegExp(`^\\S+ and ${all.length - 2} more: programs\\.lock\\.json has no checksum of it`),
    );
    assert.match(
      notes[1] ?? "",
      new RegExp(`^${others[0] ?? ""} and ${others.length - 1} more: images\\.lock\\.json has no`),
    );

    const json = await mirror("--from", at("from"), "--system", "linux-amd64", "--json");
    const found = JSON.parse(json.stdout) as Record<"files" | "unrecorded" | "undigested", string[]>;
    assert.deepEqual(
      { ...found, files: found.files.toSorted() },
      {
        folder: realpathSync(at("mirror")),
        files: files.toSorted(),
        unrecorded: all.filter((each) => each !== key).map((each) => basename(each)),
        undigested: others,
      },
    );
    assert.equal(json.stderr, stderr);

    // Another system's programs come beside them.
    await mirror("--from", at("from"), "--system", "darwin-arm64");
    assert.equal(readFileSync(at(`mirror/programs/${key}`), "utf8"), "a program");
    assert.match(readFileSync(at("mirror/SHA256SUMS"), "utf8"), new RegExp(`  programs/${key}$`, "m"));
  });
});
