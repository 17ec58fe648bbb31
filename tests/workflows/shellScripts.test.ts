import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { pack } from "../../artifacts/tarball.ts";
import { projectFolder } from "../support/markdown.ts";
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
  const version = "3.270.0";
  const archive = `pulumi-v${version}-linux-x64.tar.gz`;
  const content = pack({ "pulumi/pulumi": "the program" });
  const checksum = createHash("sha256").update(content).digest("hex");

  const keyOf = (release: string) =>
    `github.com/pulumi/pulumi/releases/download/v${release}/pulumi-v${release}-linux-x64.tar.gz`;

  /** Runs it in a project with a list of its own. */
  function install(list: Readonly<Record<string, string>>) {
    const project = join(folder(), "project");
    mkdirSync(join(project, "scripts/ci"), { recursive: true });
    writeFileSync(join(project, "package.json"), `{"dependencies":{"@pulumi/pulumi":"${version}"}}`);
    writeFileSync(join(project, "programs.lock.json"), JSON.stringify(list));
    const script = join(project, "scripts/ci/install-pulumi.sh");
    cpSync(join(projectFolder, "scripts/ci/install-pulumi.sh"), script);
    writeFileSync(join(folder(), archive), content);
    // The last argument is the address; the file's name in the release is its end.
    const curl = `while [ "$1" != --output ]; do shift; done; echo "$3" >> "${folder()}/urls"; cp "${folder()}/\${3##*/}" "$2"`;
    const PATH = withProgram("curl", curl);
    const target = join(folder(), "target");
    const { status, stderr } = spawnSync(script, [target], { encoding: "utf8", env: { PATH } });
    const asked = existsSync(join(folder(), "urls"));
    return { status, stderr, program: join(target, "pulumi/pulumi"), asked, target };
  }

  it("installs the SDK's version, held to the repository's list", () => {
    const { status, stderr, program, target } = install({
      [keyOf("3.269.0")]: "0".repeat(64),
      [keyOf(version)]: checksum,
    });
    assert.equal(status, 0, stderr);
    assert.equal(readFileSync(program, "utf8"), "the program");
    assert.deepEqual(readdirSync(target), ["pulumi"]);
    const address = `https://github.com/pulumi/pulumi/releases/download/v${version}/${archive}\n`;
    assert.equal(readFileSync(join(folder(), "urls"), "utf8"), address);
  });

  it("installs nothing with another checksum", () => {
    const { status, stderr, target } = install({ [keyOf(version)]: "0".repeat(64) });
    assert.equal(status, 1);
    assert.equal(stderr, `${archive} has not the checksum in programs.lock.json: nothing of it is used\n`);
    assert.deepEqual(readdirSync(target), []);
  });

  for (const [what, list] of Object.entries({
    "an empty list": {},
    "a list of another version": { [keyOf("3.269.0")]: checksum },
    "a checksum that is none": { [keyOf(version)]: checksum.slice(1) },
  })) {
    it(`downloads nothing with ${what}, and names the command that records it`, () => {
      const { status, stderr, asked } = install(list);
      assert.equal(status, 1);
      assert.equal(
        stderr,
        `programs.lock.json has no checksum of ${archive}: run "npm run programs:lock" where upstream can be reached, ` +
          "review and commit it\n",
      );
      assert.ok(!asked);
    });
  }
});

describe("propose-checksums.sh", () => {
  function propose(change: (project: string) => void) {
    const project = join(folder(), "project");
    mkdirSync(join(project, "scripts/ci"), { recursive: true });
    const script = join(project, "scripts/ci/propose-checksums.sh");
    cpSync(join(projectFolder, "scripts/ci/propose-checksums.sh"), script);
    writeFileSync(join(project, "programs.lock.json"), "{}\n");
    const git = (...args: string[]) => {
      const identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
      const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], { cwd: project, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      return stdout.trim();
    };
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "x");
    change(project);
    const PATH = withProgram("gh", `printf '%s\\n' "$*" >> "${folder()}/calls"; [ "$4" != DELETE ]`);
    const { status, stdout, stderr } = spawnSync(script, { encoding: "utf8", env: { PATH, GITHUB_REPOSITORY: "a/b" } });
    assert.equal(status, 0, stderr);
    const calls = existsSync(join(folder(), "calls")) ? readFileSync(join(folder(), "calls"), "utf8").trim() : "";
    return { stdout, calls: calls.split("\n"), git };
  }

  it("makes one pull request of what was recorded, and of nothing else", () => {
    const { calls, git } = propose((project) => {
      writeFileSync(join(project, "artifacts.lock.json"), "{}\n");
      writeFileSync(join(project, "programs.lock.json"), '{"a": ""}\n');
      writeFileSync(join(project, "anything"), "else");
    });
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    const put = (file: string) =>
      `api --silent --method PUT repos/a/b/contents/${file} --raw-field branch=checksums --raw-field message=Checksums from upstream: ${file} --raw-field content=`;
    assert.deepEqual(calls.slice(0, -1), [
      "api --silent --method DELETE repos/a/b/git/refs/heads/checksums",
      `api --silent --method POST repos/a/b/git/refs --raw-field ref=refs/heads/checksums --raw-field sha=${git("rev-parse", "HEAD")}`,
      `${put("programs.lock.json")}${base64('{"a": ""}\n')} --raw-field sha=${git("rev-parse", "HEAD:programs.lock.json")}`,
      `${put("artifacts.lock.json")}${base64("{}\n")}`,
    ]);
    assert.match(
      calls.at(-1) ?? "",
      /^pr create --repo a\/b --head checksums --base main --title Checksums from upstream --body /,
    );
  });

  it("proposes nothing where all is recorded", () => {
    const { stdout, calls } = propose(() => undefined);
    assert.equal(stdout, "all checksums are recorded already\n");
    assert.deepEqual(calls, [""]);
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
