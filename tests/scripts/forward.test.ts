import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../support/eventually.ts";
import { projectFolder } from "../support/markdown.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const outputs = {
  jaegerUrl: "http://jaeger.observability.svc:16686",
  portForwards: {
    jaeger: "kubectl port-forward --context kind-fluffy --namespace observability service/jaeger 16686:16686",
    prometheus: "kubectl port-forward --context kind-fluffy --namespace observability service/prometheus 9090:9090",
  },
};

/** Waits until an assertion holds. */
function holds(assertion: () => void): Promise<void> {
  return eventually(() => Promise.resolve().then(assertion), 30_000);
}

describe("npm run forward", function () {
  this.timeout(60_000);
  this.slow(10_000);
  const folder = temporaryFolder();
  let child: ChildProcess;
  let output: string;
  let ended: Promise<number | null>;

  const kubectlScript = () =>
    `echo "$$ $*" >> "${folder()}/kubectl"\necho "Forwarding from 127.0.0.1:1 -> 1"\nexec /bin/sleep 60`;

  /** Starts it with these programs on PATH and no other; the fake kubectl notes its process and arguments and stays. */
  function start(pulumi: string, { args = [] as string[], kubectl: withKubectl = true } = {}): void {
    const bin = join(folder(), "bin");
    mkdirSync(bin);
    const programs = {
      pulumi: `echo 'warning: a new version of Pulumi is available' >&2; ${pulumi}`,
      ...(withKubectl ? { kubectl: kubectlScript() } : {}),
    };
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    child = spawn(process.execPath, ["--import", "./runTypeScript.mjs", "scripts/forward.ts", ...args], {
      cwd: projectFolder,
      env: { ...process.env, PATH: bin },
      stdio: ["ignore", "pipe", "pipe"],
    });
    output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (text: Buffer) => (output += text.toString()));
    ended = new Promise((resolve) => child.on("close", resolve));
  }

  afterEach(() => child.kill());

  /** Processes of kubectl by the last part of their arguments, the newest last. */
  function kubectl(): { pid: number; args: string }[] {
    const lines = readFileSync(join(folder(), "kubectl"), "utf8").trim().split("\n");
    return lines.map((line) => ({ pid: Number.parseInt(line, 10), args: line.replace(/^\d+ /, "") }));
  }

  function isAlive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  it("opens all of them, shows the links, and closes them on Ctrl-C", async () => {
    start(`echo '${JSON.stringify(outputs)}'`, { args: ["--stack", "dev"] });
    await holds(() => {
      assert.match(output, /^jaeger {6}http:\/\/localhost:16686$/m);
      assert.match(output, /^prometheus {2}http:\/\/localhost:9090$/m);
    });
    const started = kubectl();
    assert.deepEqual(started.map(({ args }) => args).sort(), [
      "port-forward --context kind-fluffy --namespace observability service/jaeger 16686:16686",
      "port-forward --context kind-fluffy --namespace observability service/prometheus 9090:9090",
    ]);
    assert.ok(started.every(({ pid }) => isAlive(pid)));
    child.kill("SIGINT");
    assert.equal(await ended, 0);
    assert.ok(!started.some(({ pid }) => isAlive(pid)), "kubectl still runs");
    assert.doesNotMatch(output, /broken/);
  });

  it("prints one line of JSON when all are open, and keeps them open", async () => {
    start(`echo '${JSON.stringify(outputs)}'`, { args: ["--json"] });
    let stdout = "";
    child.stdout?.on("data", (text: Buffer) => (stdout += text.toString()));
    await holds(() => {
      assert.deepEqual(JSON.parse(stdout), {
        links: { jaeger: "http://localhost:16686", prometheus: "http://localhost:9090" },
      });
    });
    const started = kubectl();
    assert.deepEqual([started.length, started.every(({ pid }) => isAlive(pid))], [2, true]);
    child.kill("SIGINT");
    assert.equal(await ended, 0);
    assert.match(stdout, /^[^\n]+\n$/);
    assert.match(output, /^jaeger {6}http:\/\/localhost:16686$/m);
  });

  it("prints the links of those that were open where it ends before all are", async () => {
    start("echo '{\"portForwards\": {}}'", { args: ["--json"] });
    let stdout = "";
    child.stdout?.on("data", (text: Buffer) => (stdout += text.toString()));
    assert.equal(await ended, 0);
    assert.deepEqual(JSON.parse(stdout), { links: {} });
  });

  it("ends with one line when kubectl is gone later", async () => {
    start(`echo '${JSON.stringify(outputs)}'`, { args: ["--json"] });
    await holds(() => {
      assert.match(output, /^\{"links"/m);
    });
    const [first] = kubectl();
    rmSync(join(folder(), "bin/kubectl"));
    process.kill(first?.pid ?? 0);
    assert.equal(await ended, 1);
    assert.match(output, /^kubectl is not on PATH: [^\n]+\n$/m);
    assert.doesNotMatch(output, /"error"|at async/);
  });

  it("opens one again that broke, and leaves the others", async () => {
    start(`echo '${JSON.stringify(outputs)}'`);
    await holds(() => {
      assert.match(output, /9090/);
      assert.match(output, /16686/);
    });
    const [first] = kubectl();
    process.kill(first?.pid ?? 0);
    await holds(() => {
      assert.match(output, /broken, opened again: kubectl ended/);
      assert.equal(kubectl().length, 3);
    });
    assert.equal(kubectl()[2]?.args, first?.args);
    child.kill("SIGINT");
    assert.equal(await ended, 0);
    assert.ok(!kubectl().some(({ pid }) => isAlive(pid)), "kubectl still runs");
  });

  it("says in one line what pulumi says", async () => {
    start("echo 'error: no stack named dev' >&2; exit 255");
    assert.equal(await ended, 1);
    assert.equal(output, "pulumi stack output --json --non-interactive: error: no stack named dev\n");
  });

  it("says in one line that there is no kubectl, and ends", async () => {
    start(`echo '${JSON.stringify(outputs)}'`, { kubectl: false });
    assert.equal(await ended, 1);
    assert.match(output, /^kubectl is not on PATH: get it from https:\/\/kubernetes\.io\/docs\/tasks\/tools$/m);
  });
});
