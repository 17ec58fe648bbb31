import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type LanguageOptions, nodeargsOf, runLanguageProcess } from "../scripts/bench/languageProcess.ts";
import { projectFolder } from "./support/markdown.ts";
import { copyProject } from "../review/program/projectCopy.ts";
import { stackRun } from "../review/program/runs.ts";
import { stackConfig } from "../review/program/stackConfig.ts";
import { standInMirror } from "../review/program/standInMirror.ts";
import { type EngineResource, startStubEngine } from "../review/program/stubEngine.ts";
import { temporaryFolder } from "./support/temporaryFolder.ts";

const start = join(projectFolder, "runTypeScript.mjs");
const fixture = "tests/fixtures/start";

/** How a program was run before there was a start file: everything is loaded at once. */
const eager = ["--import", "tsx"];
/** Node before 22.18 does not strip types. */
const withoutStripping = "--no-experimental-strip-types";

describe("runTypeScript.mjs", function () {
  this.timeout(120_000);
  this.slow(10_000);
  const folder = temporaryFolder();

  /** Runs a program of the project; it must end well. */
  async function preview(program: string, options: LanguageOptions = {}, project = projectFolder) {
    const run = await runLanguageProcess(join(project, program), options);
    assert.equal(run.code, 0, JSON.stringify([run.logs, run.stderr]));
    return run;
  }

  describe("registers the same resources", () => {
    async function same(program: string, options: LanguageOptions, count: number): Promise<void> {
      const own = nodeargsOf(join(projectFolder, program));
      const [before, now, fallback] = [
        await preview(program, { ...options, nodeargs: eager }),
        await preview(program, { ...options, nodeargs: own }),
        await preview(program, { ...options, nodeargs: [withoutStripping, ...own] }),
      ];
      assert.equal(before.resources.size, count);
      for (const run of [now, fallback]) {
        assert.deepEqual(withoutPositions(run.resources), withoutPositions(before.resources));
        assert.deepEqual([run.stdout, run.stderr, run.logs], ["", "", before.logs]);
      }
    }

    it("for the platform", async () => {
      await same(".", { config: { ...stackConfig("prod"), artifactsMirror: await standInMirror() } }, 161);
    });

    it("for team-api, a project in a subfolder", async () => {
      await same(
        "stacks/team-api",
        { config: stackConfig("dev", "stacks/team-api"), saved: await stackRun("dev") },
        12,
      );
    });
  });

  for (const nodeargs of [[], [withoutStripping]]) {
    describe(nodeargs.length === 0 ? "with Node's type stripping" : "with tsx", () => {
      it("gives each resource its true place, in a folder with a space too", async () => {
        const project = join(folder(), "a checkout");
        mkdirSync(project);
        await copyProject(project);
        const config = { ...stackConfig("dev"), artifactsMirror: await standInMirror() };
        const own = nodeargsOf(projectFolder);
        const { resources } = await preview(".", { config, nodeargs: [...nodeargs, ...own] }, project);
        const team = { config: stackConfig("dev", "stacks/team-api"), saved: await stackRun("dev") };
        const teamArgs = [...nodeargs, ...nodeargsOf(join(projectFolder, "stacks/team-api"))];
        const { resources: ofTeam } = await preview("stacks/team-api", { ...team, nodeargs: teamArgs }, project);
        for (const [label, { position }] of [...resources, ...ofTeam]) {
          // Those two the SDK counts as made inside a package.
          if (/^(Stack|kubernetes) /.test(label)) continue;
          assert.match(`${label}: ${sourceAt(position, project)}`, /: new [\w.]+\(/);
        }
      });

      it("says where an error was thrown", async () => {
        const path = join(projectFolder, fixture);
        const source = readFileSync(join(path, "index.ts"), "utf8");
        for (const fails of nodeargs.length === 0 ? ["now", "later"] : ["later"]) {
          const run = await runLanguageProcess(path, {
            nodeargs: [...nodeargs, ...nodeargsOf(path)],
            config: { fails },
          });
          // The code with which the language host takes the error for told.
          assert.equal(run.code, 32);
          const told = run.logs.map(({ message }) => message).join("\n");
          for (const text of ["new Error(", `fail("${fails}")`]) assert.ok(told.includes(placeOf(source, text)), told);
          assert.doesNotMatch(told, /index\.ts:1:/);
        }
      });
    });
  }

  it("serialises a dynamic provider alike", async () => {
    const texts = [];
    for (const nodeargs of [["--no-warnings"], nodeargsOf(join(projectFolder, fixture)), eager]) {
      const { resources } = await preview(fixture, { nodeargs, config: { codePaths: "true" } });
      texts.push(String(resources.get("Resource child")?.inputs["__provider"]));
    }
    const [plain, now, before] = texts;
    assert.equal(now, plain);
    for (const [name, text = ""] of Object.entries({ now, before })) {
      const file = join(folder(), `${name}.cjs`);
      writeFileSync(file, text);
      const { handler } = createRequire(file)(file) as { handler: () => { create: (inputs: object) => unknown } };
      assert.deepEqual(await handler().create({ file: "/a/b" }), { id: "HELLO, B!", outs: { file: "/a/b" } });
    }
  });

  it("says alike which function cannot be serialised, and where it stands", async () => {
    const path = join(projectFolder, fixture);
    const said = [];
    for (const nodeargs of [["--no-warnings"], nodeargsOf(path)])
      said.push((await runLanguageProcess(path, { nodeargs, config: { serialisesBound: "true" } })).logs);
    assert.match(said[0]?.[0]?.message ?? "", /index\.ts\(\d+,\d+\): captured/);
    assert.deepEqual(said[1], said[0]);
  });

  it("finds the packages alike with which a function is uploaded", async () => {
    const said = [];
    for (const nodeargs of [eager, nodeargsOf(join(projectFolder, fixture))])
      said.push((await preview(fixture, { nodeargs, config: { codePaths: "true" } })).logs);
    assert.match(said[0]?.[0]?.message ?? "", /node_modules\/js-yaml/);
    assert.deepEqual(said[1], said[0]);
  });

  it("spares a program what it does not use, of which an upgrade of the SDK may change the way", async () => {
    const grafana = "@grafana/grafana-foundation-sdk/dist";
    const ofSdk =
      "typescript @npmcli/arborist normalize-package-data source-map-support @opentelemetry/exporter-zipkin";
    const packages = [
      ...ofSdk.split(" "),
      ...["execa", "inspector", "glob", `${grafana}/dashboardv2`, `${grafana}/dashboardv2beta1`],
    ];
    const config = { artifactsMirror: await standInMirror() };
    const told = `import { createRequire } from "node:module";
      const { cache } = createRequire(${JSON.stringify(pathToFileURL(start))});
      const builtIn = () => process.moduleLoadList.map((text) => text.replace("NativeModule ", "/node_modules/") + "/");
      process.on("exit", () => console.log(JSON.stringify([...Object.keys(cache), ...builtIn()])));`;
    const loaded = async (nodeargs: readonly string[]) => {
      const asked = ["--import", `data:text/javascript,${encodeURIComponent(told)}`];
      const { stdout } = await preview(".", { config, nodeargs: [...nodeargs, ...asked] });
      const files = JSON.parse(stdout) as string[];
      return packages.filter((name) => files.some((file) => file.includes(`/node_modules/${name}/`)));
    };
    assert.deepEqual(await loaded(eager), packages);
    assert.deepEqual(await loaded(nodeargsOf(projectFolder)), []);
  });

  it("sends the engine no message of a resource that is for debugging, with outputs in clear", async () => {
    const found = [];
    for (const nodeargs of [eager, nodeargsOf(join(projectFolder, fixture))])
      found.push((await preview(fixture, { nodeargs })).debugMessages);
    const [before = [], now] = found;
    const ofResources = (messages: readonly string[] = []) => messages.filter((text) => /resource/i.test(text));
    assert.match(before.join("\n"), /RegisterResource RPC finished: .*child/);
    assert.deepEqual(ofResources(now), []);
  });

  it("spares promises their stack traces, unless leaks are searched for", async () => {
    const program = `import { createRequire } from "node:module";
      const sdk = createRequire(import.meta.resolve("@pulumi/pulumi"));
      sdk(".");
      const { debuggablePromise } = sdk("./runtime/debuggable");
      const promise = Promise.resolve();
      debuggablePromise(promise);
      console.log(/ at /.test(promise._debugStackTrace), Error.stackTraceLimit);`;
    for (const [PULUMI_DEBUG_PROMISE_LEAKS, expected] of [
      ["", "false 10\n"],
      ["1", "true 10\n"],
    ]) {
      const argv = ["--import", start, "--input-type=module", "--eval", program];
      const env = { ...process.env, PULUMI_DEBUG_PROMISE_LEAKS };
      const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: projectFolder, env });
      assert.equal(stdout, expected);
    }
  });

  it("still traces when asked to", async () => {
    const sent: string[] = [];
    const server = createServer((request, response) => {
      request.setEncoding("utf8").on("data", (text: string) => sent.push(text));
      request.on("end", () => response.end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await preview(fixture, { tracing: `http://127.0.0.1:${port}/api/v2/spans` }).finally(() => server.close());
    assert.match(sent.join(), /language-runtime\.runProgram/);
  });

  it("serves the Automation API's inline programs, from any folder", async () => {
    const { resources: expected } = await preview(fixture);
    const engine = await startStubEngine();
    const argv = ["--import", pathToFileURL(start).href, join(projectFolder, fixture, "inline.ts"), engine.address];
    await promisify(execFile)(process.execPath, argv, { cwd: folder() });
    engine.close();
    const child = "Resource child";
    assert.deepEqual(engine.resources.get(child), expected.get(child));
    // Plain inputs take fewer turns than others: siblings may change places.
    assert.deepEqual([...engine.resources.keys()].sort(), [...expected.keys()].sort());
  });

  it("silences the warning of type stripping, and no other", () => {
    const warn = (text: string) => `process.emitWarning(${JSON.stringify(text)}, "ExperimentalWarning");`;
    const program = warn("Type Stripping is an experimental feature and might change at any time") + warn("Another");
    const { stderr } = spawnSync(process.execPath, ["--import", start, "--eval", program], { encoding: "utf8" });
    assert.match(stderr, /ExperimentalWarning: Another/);
    assert.doesNotMatch(stderr, /Type Stripping/);
  });
});

function withoutPositions(resources: ReadonlyMap<string, EngineResource>): object {
  const kept = [...resources].map(([label, { asked, inputs }]) => [label, { asked, inputs }] as const);
  return Object.fromEntries(kept);
}

/** The rest of the line that a place of a resource names, which must be in the project itself. */
function sourceAt(position: string, project: string): string {
  const [, uri = "", line, column] = /^(.*):(\d+):(\d+)$/.exec(position) ?? [];
  const file = uri === "" ? "" : fileURLToPath(uri);
  if (!file.startsWith(join(project, "/")) || !existsSync(file)) return `no file of the project, but ${position}`;
  const text = readFileSync(file, "utf8").split("\n")[Number(line) - 1] ?? "";
  return text.slice(Number(column) - 1);
}

/** How a stack trace names the first place of a text in `index.ts`. */
function placeOf(source: string, text: string): string {
  const before = source.slice(0, source.indexOf(text)).split("\n");
  return `index.ts:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
