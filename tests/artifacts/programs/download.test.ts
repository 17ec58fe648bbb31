import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { sha256 } from "../../../artifacts/files.ts";
import { writeLock } from "../../../artifacts/lock.ts";
import type { SandboxPaths } from "../../../sandbox/paths.ts";
import type { ReleasedName } from "../../../artifacts/programs/releases.ts";
import { ensureReleased, ensureTools } from "../../../sandbox/programs/tools.ts";
import { answerRange } from "../../../review/releases/rangeAnswer.ts";
import { fileServer } from "../../artifacts/fileServer.ts";
import { writeRelease } from "../../../review/releases/releasedFiles.ts";
import { silentReport } from "../../../cli/silentReport.ts";
import { seededRandom } from "../../support/seededRandom.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("programs as upstream released them", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const server = fileServer();
  const before = process.env.PATH;
  let paths: SandboxPaths;
  let lock: Record<string, string>;
  let requires: string[];

  beforeEach(async () => {
    [lock, requires] = [{}, []];
    const programs = { mirror: server.url("/mirror/") };
    paths = { cache: join(folder(), "cache"), state: "", project: folder(), firstPort: 17470, programs };
    await release("go.etcd.io/etcd/server/v3", "v3.6.5", ["etcd"]);
    await release("sigs.k8s.io/kwok", "v0.8.0", ["kwok"]);
    await release("github.com/prometheus/prometheus", "v0.309.1", ["prometheus", "promtool"]);
    // Nothing can be built.
    mkdirSync(join(folder(), "bin"));
    writeFileSync(join(folder(), "bin/go"), `#!/bin/sh\necho "$*" >> ${folder()}/started\nexit 1\n`, { mode: 0o755 });
    process.env.PATH = `${join(folder(), "bin")}:/usr/bin:/bin`;
  });

  afterEach(() => {
    process.env.PATH = before;
  });

  /** A module that pins the programs, and their release at the mirror. */
  async function release(path: string, version: string, names: ReleasedName[]): Promise<void> {
    requires.push(`require ${path} ${version}\n`);
    mkdirSync(join(folder(), "tools/sandbox"), { recursive: true });
    writeFileSync(join(folder(), "tools/sandbox/go.mod"), ["module tools\n\ngo 1.21\n", ...requires].join("\n"));
    writeFileSync(join(folder(), "tools/sandbox/go.sum"), "");
    const programs = Object.fromEntries(names.map((name) => [name, join(folder(), name)]));
    for (const [name, file] of Object.entries(programs)) writeFileSync(file, `#!/bin/sh\necho ${name}\n`.repeat(9000));
    await offer(await writeRelease(folder(), programs, version));
  }

  async function offer(released: Record<string, string>): Promise<void> {
    Object.assign(lock, released);
    await writeLock(join(folder(), "programs.lock.json"), lock);
    for (const key of Object.keys(released)) {
      server.answer(`/mirror/programs/${key}`, (response, _attempt, request) => {
        answerRange(response, request, contentOf(key));
      });
    }
  }

  const contentOf = (key: string) => readFileSync(join(folder(), "programs", key));
  const keyOf = (name: string) => Object.keys(lock).find((key) => basename(key).startsWith(name)) ?? assert.fail(name);
  const requests = (name: string) => server.requests(`/mirror/programs/${keyOf(name)}`);
  const ensure = () => ensureTools(["etcd", "kwok", "prometheus"], paths, silentReport);

  it("are downloaded and not built, each file once, and are there for good", async () => {
    const files = await ensure();
    for (const [name, file] of Object.entries(files)) {
      assert.match(readFileSync(file, "utf8"), new RegExp(`^#!/bin/sh\necho ${name}\n`));
      assert.equal(statSync(file).mode & 0o777, 0o755);
    }
    assert.deepEqual(await ensure(), files);
    // The archive had this one too.
    await ensureTools(["promtool"], paths, silentReport);
    assert.deepEqual(["etcd", "kwok", "prometheus"].map(requests), [1, 1, 1]);
    assert.ok(!existsSync(join(folder(), "started")));
    assert.deepEqual(readdirSync(join(paths.cache, "downloads")), []);
    assert.deepEqual(readdirSync(join(paths.cache, "tools")).sort(), Object.keys(lock).map(placeOf).sort());
  });

  const placeOf = (key: string) => `${basename(key)}-${(lock[key] ?? "").slice(0, 8)}`;

  it("come from a mirror that is a folder, too, and it stays as it is", async () => {
    paths.programs = { mirror: folder() };
    const { etcd } = await ensure();
    assert.match(readFileSync(etcd, "utf8"), /echo etcd/);
    assert.ok(contentOf(keyOf("etcd")).length > 0);
    assert.equal(requests("etcd"), 0);
  });

  it("are refused in one line with a changed byte, and nothing is installed", async () => {
    for (const name of ["etcd", "kwok"]) {
      const content = contentOf(keyOf(name));
      content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1;
      server.answer(`/mirror/programs/${keyOf(name)}`, content);
      await assert.rejects(ensureTools([name as "etcd"], paths, silentReport), (error: Error) => {
        assert.match(
          error.message,
          /^http:\S+ has checksum [0-9a-f]{64}, but programs\.lock\.json says [0-9a-f]{64}: nothing of it is installed$/,
        );
        return true;
      });
    }
    assert.deepEqual(readdirSync(join(paths.cache, "tools")), []);
    assert.deepEqual(readdirSync(join(paths.cache, "downloads")), []);
  });

  it("are refused in one line where a mirror has changed one, or lists one that it has lost", async () => {
    paths.programs = { mirror: folder() };
    const file = join(folder(), "programs", keyOf("etcd"));
    const listed = (key: string) => `${lock[key] ?? ""}  programs/${key}\n`;
    writeFileSync(join(folder(), "SHA256SUMS"), Object.keys(lock).map(listed).join(""));
    writeFileSync(file, "changed");
    await assert.rejects(ensure(), {
      message: `${file} has checksum ${sha256("changed")}, but programs.lock.json says ${lock[keyOf("etcd")] ?? ""}: nothing of it is installed`,
    });
    rmSync(file);
    await assert.rejects(ensure(), {
      message: `artifactsMirror: there is no ${file}, which its SHA256SUMS lists`,
    });
    assert.ok(!existsSync(join(folder(), "started")));
  });

  it("are gone on with by the next run where the network was cut", async () => {
    const key = keyOf("kwok");
    const content = contentOf(key);
    const seen: (string | undefined)[] = [];
    server.answer(`/mirror/programs/${key}`, (response, attempt, { headers }) => {
      if (attempt > 1) response.destroy();
      else answerRange(response, { headers }, content, 1000);
    });
    await assert.rejects(ensureTools(["kwok"], paths, silentReport), {
      message: /^cannot download http:\S+: .+ \(tried 3 times\)$/,
    });
    server.answer(`/mirror/programs/${key}`, (response, _attempt, { headers }) => {
      seen.push(headers.range);
      answerRange(response, { headers }, content);
    });
    const { kwok } = await ensureTools(["kwok"], paths, silentReport);
    assert.deepEqual(readFileSync(kwok), content);
    assert.deepEqual(seen, ["bytes=1000-"]);
  });

  it("are all there after the next run, wherever the network was cut", async () => {
    await Promise.all(Array.from({ length: 10 }, (_, seed) => cutAndGoOn(seed + 1)));
    assert.ok(!existsSync(join(folder(), "started")));
  });

  /** A run whose network goes away after some of all bytes, and the next one: that goes on with each file where it was cut. */
  async function cutAndGoOn(seed: number): Promise<void> {
    const at = `seed ${seed}`;
    const keys = Object.keys(lock);
    let left = Math.floor(seededRandom(seed)() * keys.reduce((bytes, key) => bytes + contentOf(key).length, 0));
    const asked = new Map<string, number>();
    for (const key of keys) {
      server.answer(`/cut-${seed}/programs/${key}`, (response, _attempt, request) => {
        const from = Number(/\d+/.exec(request.headers.range ?? "")?.[0] ?? 0);
        if (!asked.has(key)) asked.set(key, from);
        const most = Math.min(left, contentOf(key).length - from);
        if (left === 0) response.destroy();
        else answerRange(response, request, contentOf(key), most);
        left -= most;
      });
    }
    const own = { ...paths, cache: join(folder(), `cache-${seed}`), programs: { mirror: server.url(`/cut-${seed}/`) } };
    const ensureOwn = () => ensureTools(["etcd", "kwok", "prometheus"], own, silentReport);
    await assert.rejects(ensureOwn(), /^ArtifactError: cannot download http:\S+: .+ \(tried 3 times\)$/, at);
    const missing = keys.filter((key) => !existsSync(join(own.cache, "tools", placeOf(key))));
    const reached = missing.map((key) => {
      const part = join(own.cache, "downloads", `${lock[key]}.part`);
      return [key, existsSync(part) ? statSync(part).size : 0] as const;
    });
    left = Infinity;
    asked.clear();
    for (const [name, file] of Object.entries(await ensureOwn()))
      assert.match(readFileSync(file, "utf8"), new RegExp(`^#!/bin/sh\necho ${name}\n`), at);
    assert.deepEqual([...asked].sort(), [...reached].sort(), at);
    assert.deepEqual(readdirSync(join(own.cache, "downloads")), [], at);
  }

  it("are built where the mirror has none, no checksum is recorded, or it is asked for", async () => {
    const isBuilt = async (name: "etcd" | "kwok") => {
      await assert.rejects(ensureTools([name], paths, silentReport), /^UserError: Go is not installed/);
    };
    server.answer(`/mirror/programs/${keyOf("etcd")}`, (response) => response.writeHead(404).end());
    await isBuilt("etcd");
    Reflect.deleteProperty(lock, keyOf("etcd"));
    await writeLock(join(folder(), "programs.lock.json"), lock);
    await isBuilt("etcd");
    paths.programs = { ...paths.programs, fromSource: true };
    await isBuilt("kwok");
  });

  it("are left to the sandbox's own provider where no checksum is recorded", async () => {
    assert.equal(await ensureReleased("pulumi-resource-random", paths, silentReport), undefined);
  });
});
