import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { versions } from "../../catalog/versions.ts";
import { injectedPackages } from "../../scripts/injectionCheck/injectedPackages.ts";
import type { FileReport } from "../../scripts/injectionCheck/fileReport.ts";
import { reportText } from "../../scripts/injectionCheck/reportText.ts";
import { projectFolder } from "../support/markdown.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("npm run injection-check", function () {
  this.timeout(60_000);
  this.slow(10_000);
  const folder = temporaryFolder();

  function run(...args: string[]) {
    // It needs no other program.
    return spawnSync(
      process.execPath,
      [
        "--import",
        pathToFileURL(join(projectFolder, "runTypeScript.mjs")).href,
        join(projectFolder, "scripts/injectionCheck.ts"),
        ...args,
      ],
      {
        cwd: folder(),
        encoding: "utf8",
        env: { PATH: "" },
      },
    );
  }

  function write(name: string, text: string): void {
    writeFileSync(join(folder(), name), text);
  }

  it("reports on each file", () => {
    write("requirements.txt", "\ufeffrequests==2.31.0 \\\r\n  --hash=sha256:00\r\nflask==0.12\r\n");
    write("package.json", '{"dependencies": {"express": "^4.0.0", "fastify": "^5.0.0"}}');
    const { status, stdout, stderr } = run("requirements.txt", "./package.json");
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.equal(
      stdout,
      `\
requirements.txt with autoinstrumentation-python:${versions.pythonAutoInstrumentation}

Packages that injection replaces
  requests: from 2.31.0 to ${injectedPackages().get("requests") ?? ""}

Libraries
  flask 0.12: not instrumented: outside >=1.0 of flask
  requests 2.31.0: instrumented by requests

What this application needs
  its own packages first: injection would put other versions in the place of requests
    InstrumentedApi: injection.python.sitePackages; on by default with the official images' folder, a virtual environment needs its own path
    other pods: docs/injection.md#python-packages-first

Notes
  packages that these bring along are not checked unless they are listed: "pip freeze" in the image lists all
  a PYTHONPATH that the image sets (ENV), or that comes by envFrom, is hidden by the injected one: set it again as the container's env, see docs/injection.md#variables-of-the-image


./package.json with autoinstrumentation-nodejs:${versions.nodejsAutoInstrumentation}

Packages that injection replaces
  all kept: each package finds its own folder

Libraries
  Node.js's own modules, such as http: instrumented
  express ^4.0.0: instrumented by @opentelemetry/instrumentation-express
  no instrumentation: fastify

What this application needs
  an end at SIGTERM, unless it has a handler of its own: the SDK listens for SIGTERM, and a server without a handler then serves on until it is killed
    InstrumentedApi: nothing to set: injection.nodejs.endAtSigterm is on
    other pods: docs/injection.md#nodejs-the-end

Notes
  package.json holds ranges and no installed versions: package-lock.json says more about libraries
  a NODE_OPTIONS that the image sets (ENV), or that comes by envFrom, is hidden by the injected one: set it again as the container's env, see docs/injection.md#variables-of-the-image
`,
    );
  });

  it("prints one JSON document", () => {
    write("uv.lock", 'version = 1\n[[package]]\nname = "gevent"\nversion = "24.2.1"\n');
    const { status, stdout } = run("--json", "uv.lock");
    assert.equal(status, 0);
    const { files } = JSON.parse(stdout) as { files: FileReport[] };
    assert.equal(run("uv.lock").stdout, `${files.map(reportText).join("\n\n\n")}\n`);
    assert.deepEqual(files.map(Object.keys), [
      ["file", "language", "injected", "packages", "libraries", "withoutInstrumentation", "needs", "notes"],
    ]);
    assert.deepEqual(files[0]?.withoutInstrumentation, ["gevent"]);
  });

  it("prints how it is used", () => {
    const { status, stdout } = run("--help");
    assert.equal(status, 0);
    assert.match(stdout, /^Usage: npm run injection-check -- \[options\] <file\.\.\.>$/m);
    for (const key of ["packages", "libraries", "withoutInstrumentation", "needs", "notes"]) {
      assert.ok(stdout.includes(`"${key}"`), key);
    }
  });

  it("says in one line which argument is wrong", () => {
    for (const [args, line] of [
      [[], 'missing required argument "file"\n'],
      [["--fix", "uv.lock"], 'unknown option "--fix": allowed are <file>, --json\n'],
      [["--json=1", "uv.lock"], 'unknown option "--json=1": allowed are <file>, --json\n'],
    ] as const) {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual([status, stdout, stderr], [2, "", line]);
    }
  });

  it("says in one line for each file why it cannot be read, and reports on none", () => {
    write("requirements.txt", "flask==3.0.0\n");
    write("poetry.lock", "[metadata\n");
    mkdirSync(join(folder(), "folder.txt"));
    const { status, stdout, stderr } = run("requirements.txt", "poetry.lock", "folder.txt", "Pipfile", "uv.lock");
    assert.deepEqual([status, stdout], [2, ""]);
    const lines = stderr.split("\n");
    assert.match(lines[0] ?? "", /^poetry\.lock line 1 column \d+: Invalid TOML document: /);
    assert.deepEqual(lines.slice(1), [
      "folder.txt: is a folder, not a file",
      "Pipfile: unknown kind of file; allowed are uv.lock, poetry.lock, package.json, package-lock.json and *.txt in pip's format",
      "uv.lock: there is no such file",
      "",
    ]);
  });
});
