import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFile, copyFile, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { sha256 } from "../../artifacts/files.ts";
import { downloadedFile } from "../../artifacts/upstream.ts";
import { everyArtifact } from "../../artifacts/request.ts";
import { projectFolder } from "../support/markdown.ts";
import { type ProgramRun, runFailingProgram, runProgram } from "../../review/program/program.ts";
import { copyProject } from "../../review/program/projectCopy.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { standInFolder } from "../../review/program/standInMirror.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** The whole program where every artifact must be recorded, as in staging and prod. */
describe("recorded artifacts", function () {
  this.timeout(60_000);
  this.slow(5000);
  const folder = temporaryFolder();
  const mirror = () => join(folder(), "mirror");
  const lock = () => join(folder(), "artifacts.lock.json");
  const jaeger = JSON.stringify({ storage: "elasticsearch", elasticsearchUrl: "https://elasticsearch.example.org" });
  // Jaeger v1 is refused with TLS inside.
  const locked = { ...stackConfig("prod"), tls: "{}", artifactsLocked: "true", jaegerEngine: "operator", jaeger };

  beforeEach(async () => {
    await cp(await standInFolder(), mirror(), { recursive: true });
    process.chdir(folder());
  });
  afterEach(() => {
    process.chdir(projectFolder);
  });

  const releases = ({ registered }: ProgramRun) =>
    registered.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs["chart"]);

  async function record(...args: string[]): Promise<{ status: number | null; stderr: string }> {
    const project = join(folder(), "project");
    await copyProject(project);
    const argv = ["--import", "./runTypeScript.mjs", "scripts/artifactsLock.ts", ...args];
    const { status, stderr } = spawnSync(process.execPath, argv, { cwd: project, encoding: "utf8" });
    if (status === 0) await copyFile(join(project, "artifacts.lock.json"), lock());
    return { status, stderr };
  }

  async function refused(config: Record<string, string>, message: RegExp): Promise<void> {
    const { error, registered } = await runFailingProgram({ config });
    assert.ok(error instanceof pulumi.RunError, String(error));
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /\n/);
    assert.deepEqual(
      registered.map(({ label }) => label),
      ["Stack fluffy-observability-test"],
    );
  }

  it("install from a mirror once the command has recorded it, and nothing that was changed since", async () => {
    const config = { ...locked, artifactsMirror: mirror() };
    await refused(config, /has no checksum of .+: run "npm run artifacts:lock -- --mirror .+mirror"/);

    assert.deepEqual(await record("--mirror", mirror()), { status: 0, stderr: "" });
    assert.equal(releases(await runProgram({ config })).length, everyArtifact.length);

    for (const { path } of everyArtifact) {
      const file = join(mirror(), path);
      const before = await readFile(file);
      const sums = await readFile(join(mirror(), "SHA256SUMS"), "utf8");
      await appendFile(file, "\n");
      await writeFile(join(mirror(), "SHA256SUMS"), sums.replace(sha256(before), sha256(await readFile(file))));
      await refused(config, new RegExp(`^artifactsMirror: .+${basename(path)} has checksum .+: the file is not used`));
      await writeFile(file, before);
      await writeFile(join(mirror(), "SHA256SUMS"), sums);
    }
  });

  it("install from what was downloaded, without upstream, and nothing of a local chart that was changed", async () => {
    const entries = everyArtifact.map(async (artifact) => {
      const kept = downloadedFile(".artifacts", artifact);
      await mkdir(dirname(kept), { recursive: true });
      await copyFile(join(mirror(), artifact.path), kept);
      return [artifact.key, sha256(await readFile(kept))] as const;
    });
    await writeFile(lock(), JSON.stringify(Object.fromEntries(await Promise.all(entries))));
    const charts = releases(await runProgram({ config: locked }));
    assert.equal(charts.length, everyArtifact.length);

    for (const chart of charts.map(String)) {
      const file = chart.endsWith(".tgz") ? chart : join(chart, "files/bundle.yaml");
      const before = await readFile(file);
      await appendFile(file, "\n");
      await refused(
        locked,
        new RegExp(`^${file} is not what was written there: nothing of it is used; delete ${chart} and run again$`),
      );
      await writeFile(file, before);
    }
    assert.deepEqual(releases(await runProgram({ config: locked })), charts);
  });

  it("say in one line how the command is used", async () => {
    const { status, stderr } = await record("--from", "mirror");
    assert.equal(status, 2);
    assert.equal(stderr, 'unknown option "--from": allowed are --mirror <folder or URL>, --json\n');
  });
});
