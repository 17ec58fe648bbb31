import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { pack } from "../../components/artifacts/tarball.ts";
import { projectFolder, readProjectFile } from "../support/markdown.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = temporaryFolder();

/** Puts a shell script in front of the programs of PATH. */
function withProgram(name: string, script: string): string {
  const bin = join(folder(), "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${script}\n`, { mode: 0o755 });
  return `${bin}:${process.env["PATH"] ?? ""}`;
}

describe("install-pulumi.sh", () => {
  const { dependencies } = JSON.parse(readProjectFile("package.json")) as { dependencies: Record<string, string> };
  const version = dependencies["@pulumi/pulumi"] ?? "";
  const archive = `pulumi-v${version}-linux-x64.tar.gz`;
  const content = pack({ "pulumi/pulumi": "the program" });
  const checksum = createHash("sha256").update(content).digest("hex");

  /** Runs it with these checksums where the release has them. */
  function install(checksums: string) {
    const release = join(folder(), "release");
    mkdirSync(release);
    writeFileSync(join(release, archive), content);
    writeFileSync(join(release, `pulumi-${version}-checksums.txt`), checksums);
    // The last argument is the address; the file's name in the release is its end.
    const curl = `while [ "$1" != --output ]; do shift; done; echo "$3" >> "${folder()}/urls"; cp "${release}/\${3##*/}" "$2"`;
    const PATH = withProgram("curl", curl);
    const target = join(folder(), "target");
    const result = spawnSync(join(projectFolder, "scripts/ci/install-pulumi.sh"), [target], {
      encoding: "utf8",
      env: { PATH },
    });
    return { ...result, program: join(target, "pulumi/pulumi") };
  }

  it("installs the SDK's version, from the release", () => {
    const { status, stderr, program } = install(
      `${"0".repeat(64)}  pulumi-v${version}-darwin-x64.tar.gz\n${checksum}  ${archive}\n`,
    );
    assert.equal(status, 0, stderr);
    assert.equal(readFileSync(program, "utf8"), "the program");
    const base = `https://github.com/pulumi/pulumi/releases/download/v${version}/`;
    assert.deepEqual(readFileSync(join(folder(), "urls"), "utf8").trim().split("\n"), [
      `${base}${archive}`,
      `${base}pulumi-${version}-checksums.txt`,
    ]);
  });

  it("installs nothing with another checksum, or without one", () => {
    for (const checksums of [`${"0".repeat(64)}  ${archive}\n`, `${checksum}  another.tar.gz\n`, ""]) {
      const { status, program } = install(checksums);
      assert.notEqual(status, 0, checksums);
      assert.ok(!existsSync(program), checksums);
      spawnSync("rm", ["-r", join(folder(), "release"), join(folder(), "target")]);
    }
  });
});

describe("render-both.sh", () => {
  it("renders every stack of a commit and of the work tree, and leaves nothing behind", () => {
    const project = join(folder(), "project");
    mkdirSync(join(project, "scripts/ci"), { recursive: true });
    cpSync(join(projectFolder, "scripts/ci/render-both.sh"), join(project, "scripts/ci/render-both.sh"));
    const git = (...args: string[]) => {
      const identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
      const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], { cwd: project, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      return stdout;
    };
    git("init", "--quiet");
    writeFileSync(join(project, "what"), "before");
    git("add", ".");
    git("commit", "--quiet", "--message", "x");
    writeFileSync(join(project, "what"), "after");

    // Stands for the rendering: npm --prefix PROJECT run --silent render -- --stack STACK --out FOLDER
    const PATH = withProgram("npm", 'mkdir -p "${10}"; cat "$2/what" > "${10}/$8.rendered.yaml"');
    const { status, stderr } = spawnSync(join(project, "scripts/ci/render-both.sh"), ["HEAD", "out"], {
      cwd: project,
      encoding: "utf8",
      env: { PATH, TMPDIR: folder() },
    });
    assert.equal(status, 0, stderr);
    for (const side of ["before", "after"]) {
      for (const stack of ["dev", "staging", "prod"]) {
        assert.equal(readFileSync(join(project, "out", side, stack, `${stack}.rendered.yaml`), "utf8"), side);
      }
    }
    assert.equal(git("worktree", "list").trim().split("\n").length, 1);
    assert.deepEqual(readdirSync(folder()).sort(), ["bin", "project"]);
  });
});
