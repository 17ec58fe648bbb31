import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { SandboxPaths } from "../../../sandbox/paths.ts";
import { ensureTools } from "../../../sandbox/programs/tools.ts";
import { silentReport } from "../../../cli/silentReport.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const sources = resolve(import.meta.dirname, "../../../sandbox");
const start = resolve(import.meta.dirname, "../../../runTypeScript.mjs");

describe("ensureTools", function () {
  this.timeout(60_000); // a first build of Go's own packages
  const folder = temporaryFolder();
  const before = process.env.PATH;
  let paths: SandboxPaths;

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder(), file)), { recursive: true });
    writeFileSync(join(folder(), file), text);
  }

  /** A project whose etcd is a small program. */
  beforeEach(() => {
    const module = "go.etcd.io/etcd/server/v3";
    paths = { cache: join(folder(), "cache"), state: join(folder(), "state"), project: folder(), firstPort: 17470 };
    write("tools/sandbox/go.sum", "");
    write(
      "tools/sandbox/go.mod",
      `module tools\n\ngo 1.21\n\nrequire ${module} v3.6.5\n\nreplace ${module} => ./server\n`,
    );
    write("tools/sandbox/server/go.mod", `module ${module}\n\ngo 1.21\n`);
    write("tools/sandbox/server/main.go", `package main\n\nfunc main() { print("a small etcd") }\n`);
    mkdirSync(join(folder(), "bin"));
  });

  afterEach(() => {
    process.env.PATH = before;
  });

  function etcdOnPath(version: string): string {
    const file = join(folder(), "bin/etcd");
    writeFileSync(file, `#!/bin/sh\necho "etcd Version: ${version}"\n`);
    chmodSync(file, 0o755);
    process.env.PATH = `${dirname(file)}:${before ?? ""}`;
    return file;
  }

  it("builds a program under its own name, whatever its package is called, and once", async () => {
    const { etcd } = await ensureTools(["etcd"], paths, silentReport);
    assert.match(etcd, /\/cache\/tools\/etcd-v3\.6\.5-[0-9a-f]{8}\/etcd$/);
    const { stderr } = await promisify(execFile)(etcd);
    assert.equal(stderr, "a small etcd");
    process.env.PATH = "/nowhere"; // no Go: nothing can be built now
    assert.deepEqual(await ensureTools(["etcd"], paths, silentReport), { etcd });
  });

  it("uses a program on PATH in the pinned version, and builds where it is another one", async () => {
    const onPath = etcdOnPath("3.6.5");
    assert.deepEqual(await ensureTools(["etcd"], paths, silentReport), { etcd: onPath });
    etcdOnPath("3.6.4");
    assert.notEqual((await ensureTools(["etcd"], paths, silentReport)).etcd, onPath);
  });

  it("says in one line what to install where there is no Go, or one that is too old", async () => {
    process.env.PATH = "/nowhere";
    await assert.rejects(
      ensureTools(["etcd"], paths, silentReport),
      /^UserError: Go is not installed.* Go 1\.21 or newer/,
    );
    write("bin/go", `#!/bin/sh\n[ "$2" = GOVERSION ] && echo go1.20.3 || echo local\n`);
    chmodSync(join(folder(), "bin/go"), 0o755);
    process.env.PATH = `${join(folder(), "bin")}:/bin:/usr/bin`;
    await assert.rejects(ensureTools(["etcd"], paths, silentReport), /^UserError: Go 1\.20\.3 is too old/);
    assert.equal(existsSync(paths.cache), false);
  });

  it("builds the programs of a module one after the other, whoever asks for them", async () => {
    const kwok = "sigs.k8s.io/kwok";
    const mod = join(folder(), "tools/sandbox/go.mod");
    writeFileSync(mod, `\nrequire ${kwok} v0.8.0\n\nreplace ${kwok} => ./kwok\n`, { flag: "a" });
    write("tools/sandbox/kwok/go.mod", `module ${kwok}\n\ngo 1.21\n`);
    write("tools/sandbox/kwok/cmd/kwok/main.go", `package main\n\nfunc main() {}\n`);
    const log = join(folder(), "builds");
    const go = execFileSync("which", ["go"], { encoding: "utf8" }).trim();
    write(
      "bin/go",
      `#!/bin/sh\n[ "$1" = build ] || exec ${go} "$@"\necho begins >> ${log}\n${go} "$@"\ncode=$?\nsleep 0.5\necho ends >> ${log}\nexit $code\n`,
    );
    chmodSync(join(folder(), "bin/go"), 0o755);
    process.env.PATH = `${join(folder(), "bin")}:${before ?? ""}`;
    const asked = (["etcd", "kwok"] as const).map((name) => ensureTools([name], paths, silentReport));
    await Promise.all(asked);
    assert.equal(readFileSync(log, "utf8"), "begins\nends\n".repeat(2));
  });

  it("lets one of two processes build and the other wait for it", async () => {
    write(
      "ensure.ts",
      `import { createReport } from "${sources}/../cli/report.ts";
       import { ensureTools } from "${sources}/programs/tools.ts";
       const tools = await ensureTools(["etcd"], ${JSON.stringify(paths)}, createReport());
       console.log(tools.etcd);`,
    );
    write("package.json", `{ "type": "module" }`);
    // A Go that takes its time and notes its builds, before the real one.
    const go = execFileSync("which", ["go"], { encoding: "utf8" }).trim();
    const slow = `#!/bin/sh\n[ "$1" = build ] && echo build >> ${folder()}/builds && sleep 2.5\nexec ${go} "$@"\n`;
    write("bin/go", slow);
    chmodSync(join(folder(), "bin/go"), 0o755);
    const runs = await Promise.all([1, 2].map(() => run(join(folder(), "ensure.ts"))));
    const [one, two] = runs;
    assert.equal(one?.stdout, two?.stdout);
    assert.ok(existsSync(one?.stdout.trim() ?? ""));
    assert.deepEqual(runs.filter(({ stderr }) => /waiting for process \d+, which builds it/.test(stderr)).length, 1);
    assert.equal(execFileSync("cat", [join(folder(), "builds")], { encoding: "utf8" }), "build\n");
    assert.deepEqual(readdirSync(join(paths.cache, "tools")).length, 1); // no lock is left
  });

  async function run(file: string): Promise<{ stdout: string; stderr: string }> {
    const env = { ...process.env, PATH: `${join(folder(), "bin")}:${before ?? ""}` };
    const child = spawn(process.execPath, ["--import", start, file], { env, cwd: folder() });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (data: Buffer) => (output.stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (output.stderr += data.toString()));
    await new Promise((done) => child.on("close", done));
    return output;
  }
});
