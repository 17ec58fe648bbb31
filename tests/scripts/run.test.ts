import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../support/eventually.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const project = resolve(import.meta.dirname, "../..");

/** Stands for npm: notes each call, takes its time, more while there is a file `held`, and installs the Node of this process. */
const fakeNpm = (folder: string) => `#!${process.execPath}
const fs = require("node:fs");
fs.writeFileSync("${folder}/npm.pid", String(process.pid));
fs.appendFileSync("${folder}/npm.log", process.argv.slice(2).join(" ") + "\\n");
const install = () => {
  if (fs.existsSync("held")) return setTimeout(install, 20);
  fs.rmSync("node_modules", { recursive: true, force: true });
  fs.mkdirSync("node_modules/.bin", { recursive: true });
  if (!fs.existsSync("no-node")) fs.symlinkSync(${JSON.stringify(process.execPath)}, "node_modules/.bin/node");
  const { packages } = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
  const installed = Object.entries(packages).filter(([path, entry]) => path !== "" && !entry.optional);
  fs.writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages: Object.fromEntries(installed) }));
};
setTimeout(install, 300);
if (fs.existsSync("broken")) process.exit(7);
`;

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

describe("scripts/run.mjs", () => {
  const folder = temporaryFolder();

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder(), file)), { recursive: true });
    writeFileSync(join(folder(), file), text);
  }

  function lockFile(version: string): string {
    const packages = {
      "": { name: "project", version: "1.0.0" },
      "node_modules/a-package": { version },
      "node_modules/for-another-platform": { version: "1.0.0", optional: true },
    };
    return JSON.stringify({ packages });
  }

  beforeEach(() => {
    more = {};
    write("package.json", "{}");
    write("package-lock.json", lockFile("1.0.0"));
    write("program.ts", `console.log("arguments", process.argv.slice(2).join(" "));`);
    write("bin/npm", fakeNpm(folder()));
    chmodSync(join(folder(), "bin/npm"), 0o755);
    mkdirSync(join(folder(), "scripts"));
    for (const file of ["scripts/run.mjs", "runTypeScript.mjs"])
      copyFileSync(join(project, file), join(folder(), file));
  });

  let more: Record<string, string> = {};

  function start(...args: string[]) {
    const env = { ...process.env, ...more, PATH: [join(folder(), "bin"), process.env.PATH].join(delimiter) };
    // From another folder: nothing may depend on the current one.
    const child = spawn(process.execPath, [join(folder(), "scripts/run.mjs"), ...args], { env, cwd: "/" });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    const ended = new Promise<Ended>((done) => {
      child.on("close", (code) => {
        done({ code, stdout, stderr });
      });
    });
    return { child, ended, output: () => stdout, errors: () => stderr };
  }

  const run = (...args: string[]) => start(...args).ended;
  const npmCalls = () => {
    const log = join(folder(), "npm.log");
    return existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  };

  it("installs once, then runs the program with its arguments and leaves standard output to it", async () => {
    const first = await run("program.ts", "up", "--json");
    assert.equal(first.code, 0, first.stderr);
    assert.equal(first.stdout, "arguments up --json\n");
    assert.match(first.stderr, /installing the project's dependencies/);
    const second = await run("program.ts");
    assert.equal(second.stderr, "");
    // The project's Node is among what NODE_ENV=production leaves out.
    assert.deepEqual(npmCalls(), ["ci --include=dev --include=optional"]);
  });

  it("lets the program use the user's proxy, but not for this machine", async () => {
    const names = ["NODE_USE_ENV_PROXY", "NO_PROXY", "no_proxy"];
    write("program.ts", `console.log(${JSON.stringify(names)}.map((name) => process.env[name]).join(" "));`);
    more = { https_proxy: "http://proxy.example.org:3128", NO_PROXY: ".example.org" };
    const none = ".example.org,127.0.0.1,localhost,::1";
    assert.equal((await run("program.ts")).stdout, `1 ${none} ${none}\n`);
  });

  it("installs again when package-lock.json changed, and when an installation was broken off", async () => {
    await run("program.ts");
    write("package-lock.json", lockFile("1.0.1"));
    await run("program.ts");
    assert.equal(npmCalls().length, 2);
    writeFileSync(join(folder(), "node_modules/.package-lock.json"), "");
    await run("program.ts");
    assert.equal(npmCalls().length, 3);
  });

  it("lets one of two processes install and the other wait", async () => {
    write("held", "");
    const both = [start("program.ts"), start("program.ts")];
    await eventually(() => {
      assert.match(both.map(({ errors }) => errors()).join(), /waiting for process \d+, which installs/);
      return Promise.resolve();
    }, 20_000);
    rmSync(join(folder(), "held"));
    const ended = await Promise.all(both.map((each) => each.ended));
    assert.equal(npmCalls().length, 1);
    assert.deepEqual(
      ended.map(({ code }) => code),
      [0, 0],
    );
  });

  it("takes over the lock of a process that is gone", async () => {
    write(".install.lock", "4194999"); // above the highest process id
    const { code } = await run("program.ts");
    assert.equal(code, 0);
    assert.equal(existsSync(join(folder(), ".install.lock")), false);
  });

  it("passes a signal on to npm, and goes when npm has gone", async () => {
    const { child, ended } = start("program.ts");
    for (let waited = 0; npmCalls().length === 0 && waited < 10_000; waited += 20) await sleep(20);
    assert.equal(
      readFileSync(join(folder(), ".install.lock"), "utf8"),
      readFileSync(join(folder(), "npm.pid"), "utf8"),
    );
    child.kill("SIGTERM");
    assert.equal((await ended).code, 128 + constants.signals.SIGTERM);
    await sleep(500);
    assert.equal(existsSync(join(folder(), "node_modules")), false);
    assert.equal(existsSync(join(folder(), ".install.lock")), false);
  });

  it("says in one line that npm failed, and gives the lock back", async () => {
    write("broken", "");
    const { code, stderr } = await run("program.ts");
    assert.equal(code, 1);
    assert.match(stderr, /npm ci failed with exit code 7/);
    assert.doesNotMatch(stderr, /\n +at /);
    assert.equal(existsSync(join(folder(), ".install.lock")), false);
  });

  it("says so when the installation brought no Node", async () => {
    write("no-node", "");
    const { code, stderr } = await run("program.ts");
    assert.equal(code, 1);
    assert.match(stderr, /left node_modules incomplete: Node 22 comes as an optional package .+ this is \w+ \w+\n$/);
  });

  it("runs a program of node_modules/.bin, with that folder first on PATH", async () => {
    await run("program.ts");
    write("other.js", `console.log(process.env.PATH.split(":")[0]);`);
    symlinkSync(process.execPath, join(folder(), "node_modules/.bin/other"));
    const { stdout } = await run("other", join(folder(), "other.js"));
    assert.equal(stdout.trim(), join(folder(), "node_modules/.bin"));
  });

  it("passes on the exit code", async () => {
    write("program.ts", "process.exit(3);");
    assert.equal((await run("program.ts")).code, 3);
  });

  it("passes a signal on once, waits for the program and ends as it does", async () => {
    write(
      "program.ts",
      `let count = 0;
       process.on("SIGTERM", () => { count++; setTimeout(() => { console.log("ended", count); process.exit(5); }, 300); });
       setInterval(() => {}, 1000);
       console.log("ready");`,
    );
    const { child, ended, output } = start("program.ts");
    while (!output().includes("ready") && child.exitCode === null) await new Promise((done) => setTimeout(done, 20));
    child.kill("SIGTERM");
    child.kill("SIGTERM");
    const { code, stdout } = await ended;
    assert.match(stdout, /ended 1/);
    assert.equal(code, 5);
  });
});
