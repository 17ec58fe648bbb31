import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { copyProject } from "../../review/program/projectCopy.ts";

/** A call of a script, its exit code, and its one line. */
type Wrong = readonly [script: string, argv: readonly string[], code: number, line: RegExp];

const settings = (name: string) => `../${name}.yaml`;

const wrong: readonly Wrong[] = [
  ["golden.ts", ["--out", "x"], 2, /^unknown option "--out": allowed are none$/],
  ["golden.ts", ["dev"], 2, /^too many arguments: dev: allowed are none$/],
  ["test.ts", ["units"], 2, /^check "units": allowed are types, browserTypes, lint, /],
  ["bench.ts", ["upp"], 2, /^unknown command "upp": allowed are up, prod, telemetry, /],
  ["bench.ts", ["up", "0"], 2, /^rounds "0": allowed is a whole number above 0$/],
  ["bench.ts", ["up", "abc"], 2, /^rounds "abc": allowed is a whole number above 0$/],
  ["bench.ts", ["rules", "10", "abc"], 2, /^services "abc": allowed is a whole number above 0$/],
  ["render.ts", ["--out", "rendered"], 2, /^required option "--stack <stack>" not specified$/],
  ["render.ts", ["--stack", "dev"], 2, /^required option "--out <folder>" not specified$/],
  ["render.ts", ["--stack", "none", "--out", "x"], 1, /^no stack "none": .*; there are: dev, prod, staging$/],
  [
    "render.ts",
    ["--stack", "dev", "--out", "x", "--config-file", settings("list")],
    1,
    /list\.yaml is a list: must be an object$/,
  ],
  [
    "render.ts",
    ["--stack", "dev", "--out", "x", "--config-file", settings("wrong")],
    1,
    /jaegerEngine is "v3": must be one of /,
  ],
  ["diff.ts", [], 2, /^nothing to compare with: --against <commit> or --rendered <folder>$/],
  [
    "diff.ts",
    ["--against", "main", "--rendered", "x"],
    2,
    /--against <commit>.* cannot be used with .*--rendered <folder>/,
  ],
  ["diff.ts", ["--rendered", "x", "--markdown", "--json"], 2, /"--markdown" cannot be used with option "--json"$/],
  ["diff.ts", ["--rendered", "none"], 1, /^there is no folder none\/before$/],
  ["diff.ts", ["--against", "main"], 1, /^git is not on PATH: get it from /],
  ["mirror.ts", [], 2, /^missing required argument "folder"$/],
  [
    "mirror.ts",
    ["x", "--system", "plan9-amd64"],
    2,
    /"--system <system>" argument "plan9-amd64" is invalid\. Allowed choices are linux-amd64, /,
  ],
  ["mirror.ts", ["x", "--from", "nowhere"], 1, /there is no nowhere\/SHA256SUMS: .*; \S+\/x\/SHA256SUMS is as it was$/],
  ["upgrade.ts", ["cert-manager"], 2, /^missing required argument "version"$/],
  ["upgrade.ts", ["certmanager", "v1"], 1, /^there is no part "certmanager": allowed are certManager, /],
  ["upgrade.ts", ["certManager", "latest"], 1, /^certManager cannot be "latest": its versions are written as v/],
  ["recover.ts", [], 2, /^required option "--stack <stack>" not specified$/],
  ["recover.ts", ["--stack", "none"], 1, /^no stack "none": /],
  [
    "recover.ts",
    ["--stack", "dev", "--project", "nowhere"],
    1,
    /^no Pulumi\.yaml in .*nowhere: no Pulumi project there$/,
  ],
  ["recover.ts", ["--stack", "dev"], 1, /^pulumi is not on PATH: .*; kubectl is not on PATH: /],
  ["remains.ts", ["dev"], 2, /^too many arguments: dev: allowed are --context <context>, --json$/],
  ["remains.ts", [], 1, /^kubectl is not on PATH: /],
  ["sbom.ts", [], 2, /^missing required argument "file"$/],
  ["sbom.ts", ["sbom.json"], 1, /^npm sbom failed: npm 10 or newer has it; spawnSync npm ENOENT$/],
  ["imagesLock.ts", ["images.lock.json"], 2, /^too many arguments: images\.lock\.json: allowed are --json$/],
  ["../tests/verify/main.ts", [], 2, /^missing required argument "suite"$/],
  ["../tests/verify/main.ts", ["harm"], 2, /^suite "harm": allowed are harmless, reliability, /],
  ["forward.ts", ["dev"], 2, /^too many arguments: dev: allowed are --stack <stack>, --json$/],
  ["forward.ts", ["--stack", "dev"], 1, /^pulumi is not on PATH: .*; kubectl is not on PATH: /],
  [
    "e2e.ts",
    [],
    1,
    /^ctlptl is not on PATH: get it from https:\/\/github\.com\/tilt-dev\/ctlptl; docker is not on PATH: .*; pulumi is not on PATH: /,
  ],
  ["init.ts", [], 2, /^required option "--stack <stack>" not specified$/],
  ["init.ts", ["--stack", "../x"], 2, /^--stack "\.\.\/x": allowed are letters, /],
  ["init.ts", ["--stack", "dev"], 1, /Pulumi\.dev\.yaml is there already: choose another --stack, or --overwrite it$/],
  ["init.ts", ["--stack", "new"], 1, /^kubectl is not on PATH: /],
  ["injectionCheck.ts", [], 2, /^missing required argument "file"$/],
  ["injectionCheck.ts", ["none.txt"], 2, /^none\.txt: /],
  ["package.ts", [], 2, /^required option "--out <folder>" not specified$/],
  ["pictures.ts", ["localhost"], 2, /^page "localhost": allowed is a URL such as /],
  ["programsLock.ts", ["--pulumi", "latest"], 2, /^--pulumi "latest": allowed is a version such as /],
  [
    "artifactsLock.ts",
    ["--mirror", "nowhere"],
    1,
    /there is no nowhere\/SHA256SUMS: .*; artifacts\.lock\.json is as it was$/,
  ],
  ["ci/preview.ts", ["--stack", "dev"], 1, /^GITHUB_REPOSITORY is not set: /],
  ["ci/comment.ts", ["--name", "x"], 2, /^required option "--pull-request <number>" not specified$/],
  ["ci/drift.ts", ["--stack", "dev"], 1, /^GITHUB_REPOSITORY is not set: /],
];

describe("a wrong input of a script", function () {
  this.timeout(120_000);
  this.slow(10_000);
  let folder = "";
  let project = "";
  let found: string[];
  let answers: { code: number; lines: string[] }[];

  before("call the scripts", async () => {
    folder = mkdtempSync(join(tmpdir(), "fluffy-observability-wrong-"));
    project = join(folder, "project");
    await copyProject(project);
    writeFileSync(join(folder, "list.yaml"), "- a\n");
    writeFileSync(join(folder, "wrong.yaml"), "config: { fluffy-observability:jaegerEngine: v3 }\n");
    mkdirSync(join(folder, "bin"));
    found = files();
    answers = await inTurns(
      wrong.map(
        ([script, argv]) =>
          () =>
            call(script, argv),
      ),
    );
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [index, [script, argv, code, line]] of wrong.entries()) {
    it(`is one line: ${join("scripts", script)} ${argv.join(" ")}`, () => {
      const answer = answers[index];
      assert.deepEqual([answer?.code, answer?.lines.length], [code, 1], answer?.lines.join("\n"));
      assert.match(answer?.lines[0] ?? "", line);
    });
  }

  it("changes nothing", () => {
    assert.deepEqual(files(), found);
  });

  /** Every file of the project, with what a change of it changes. */
  function files(): string[] {
    const exclude = (name: string) => name === "node_modules";
    return globSync("**/*", { cwd: folder, exclude, withFileTypes: false })
      .sort()
      .map((name) => [name, statSync(join(folder, name)).mtimeMs].join(" "));
  }

  /** In a folder without any program on PATH. */
  function call(script: string, argv: readonly string[]): Promise<{ code: number; lines: string[] }> {
    const env = { PATH: join(folder, "bin"), HOME: folder, XDG_CACHE_HOME: join(folder, "cache") };
    const args = ["--import", "./runTypeScript.mjs", `scripts/${script}`, ...argv];
    return new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: project, env }, (error, stdout, stderr) => {
        const lines = `${stdout}${stderr}`.trimEnd().split("\n");
        resolve({ code: error === null ? 0 : Number(error.code), lines });
      });
    });
  }
});

/** As many at a time as there are processors. */
async function inTurns<Result>(work: readonly (() => Promise<Result>)[]): Promise<Result[]> {
  const results: Result[] = [];
  const rest = [...work.entries()];
  const take = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) results[next[0]] = await next[1]();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, take));
  return results;
}
