import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { engineHome } from "../../sandbox/engine/home.ts";
import { stateFile } from "../../sandbox/engine/states.ts";
import { leftovers } from "../../sandbox/engine/leftovers.ts";
import { fixtureObjects } from "../support/allObjects.ts";
import { eventually } from "../support/eventually.ts";
import { pulumiShell, type ShellRun } from "../support/pulumiShell.ts";
import { sandboxCommand } from "../support/sandboxRun.ts";
import { testCluster } from "../support/testCluster.ts";

const project = join(import.meta.dirname, "../..");
const recover = `node ${project}/scripts/run.mjs scripts/recover.ts --stack dev --project "$PWD"`;
/** See the engine's test. */
const unchanged = { created: 0, updated: 0, deleted: 0, unchanged: 11, failed: 0 };
const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "admin", namespace: "fixture" } };
const releaseUrn = "urn:pulumi:dev::sandbox-fixture::sandbox-fixture:index:Team$kubernetes:helm.sh/v3:Release::widgets";

describe("pulumi itself, in the shell that the sandbox gives", function () {
  this.timeout(120_000);
  const test = testCluster(17730);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/program", "sandbox-fixture");
  let shell: (line: string) => Promise<ShellRun>;

  const says = async (line: string, code = 0) => {
    const run = await shell(line);
    assert.equal(run.code, code, run.stderr);
    return run.stdout + run.stderr;
  };
  const objects = () => fixtureObjects(test().cluster.kubeconfig);
  const records = (labels = "") => test().client.list("v1", "Secret", "fixture", `owner=helm,name=widgets${labels}`);
  const converges = async () => {
    const { code, stderr } = await sandbox.run("up");
    assert.equal(code, 0, stderr);
    assert.deepEqual((await sandbox.run("preview")).counts, unchanged);
    assert.deepEqual(await objects(), whole);
  };
  let whole: string[];

  /** What the engine told of the first `up`, event by event. */
  let events: string;

  before("install", async () => {
    const { state, firstPort } = test().paths;
    const program = ["--import", "./runTypeScript.mjs", "tests/support/upEvents.ts"];
    const where = ["--project", join(project, "tests/fixtures/program"), "--state", state, "--port", String(firstPort)];
    events = execFileSync(process.execPath, [...program, "up", ...where], { cwd: project, encoding: "utf8" });
    whole = await objects();
    shell = await pulumiShell(sandbox, test());
  });

  it("finds the stack, its outputs and its state", async () => {
    assert.match(await says("pulumi stack --stack dev"), /Current stack is dev:[^]*kubernetes:helm\.sh\/v3:Release/);
    assert.equal((await says("pulumi stack output apiName --stack dev")).trim(), "api");
    assert.equal((await says("pulumi stack output adminPassword --stack dev")).trim(), "[secret]");
    const { deployment } = JSON.parse(await says("pulumi stack export --stack dev")) as {
      deployment: { resources: { urn: string }[] };
    };
    assert.ok(deployment.resources.some(({ urn }) => urn === releaseUrn));
  });

  it("stays whole when the sandbox's own commands run in it", async () => {
    const { state, firstPort } = test().paths;
    const where = `--state ${state} --port ${firstPort} --project ${project}/tests/fixtures/program`;
    const outputs = `node ${project}/scripts/run.mjs sandbox/main.ts outputs ${where}`;
    assert.match(await says(`${outputs} && ${outputs} && pulumi stack output apiName --stack dev`), /^api$/m);
  });

  it("refreshes with no change", async () => {
    assert.match(
      await says("pulumi refresh --stack dev --yes --non-interactive"),
      /Resources:\s+11 unchanged\s+Duration/,
    );
  });

  it("has no secret in clear in its state, its events and what it prints", async () => {
    const { data } = (await test().get(secret)) as { data?: { password: string } };
    const encoded = data?.password ?? "";
    const password = Buffer.from(encoded, "base64").toString();
    assert.match(password, /^[A-Za-z0-9]{24}$/);
    assert.match(events, /"op":"create","urn":"\S+kubernetes:core\/v1:Secret::admin"/);
    for (const clear of [password, encoded]) assert.ok(!events.includes(clear));
    const refresh = "PULUMI_DEBUG_COMMANDS=true pulumi refresh --stack dev --yes --event-log events.json";
    for (const line of [
      "pulumi stack export --stack dev",
      `${refresh} --non-interactive --diff && cat events.json && rm events.json`,
      "pulumi refresh --stack dev --preview-only --json --non-interactive",
      "pulumi stack history --stack dev --json",
    ]) {
      const text = await says(line);
      assert.ok(text.includes("admin") || line.includes("history"), line);
      for (const clear of [password, encoded]) assert.ok(!text.includes(clear), line);
    }
  });

  it("has nothing to recover after a run that ended", async () => {
    assert.match(await says(recover), /no run of it was broken off/);
  });

  it("cancels the lock of a run that was killed while Helm upgrades, whether pulumi does it or the sandbox", async () => {
    for (const cancel of [
      async () => says("pulumi cancel --stack dev --yes"),
      async () => {
        assert.equal((await sandbox.run("cancel")).code, 0);
      },
    ]) {
      await killedInHelm("pending-upgrade", "example.org/operator:2");
      assert.match(await says("pulumi refresh --stack dev --yes --non-interactive", 1), /currently locked by 1 lock/);
      await cancel();
      endProviders();
      assert.match(await says(`${recover} --yes`), /release fixture\/widgets: take revision \d+, pending-upgrade/);
      await converges();
    }
  });

  it("takes over a release that the state has lost, and objects by up alone", async () => {
    await says(`pulumi state delete --stack dev --yes --force --target-dependents '${releaseUrn}'`);
    const { stdout } = await shell(recover);
    assert.match(stdout, /^release fixture\/widgets: of this stack[^]*nothing was changed/m);
    assert.ok((await records()).length > 0);
    const { code, stderr } = await sandbox.run("up");
    assert.equal(code, 1);
    assert.match(stderr, /cannot re-use a name that is still in use/);
    assert.match(await says(`${recover} --yes`), /go on with pulumi up or destroy/);
    await converges();
  });

  it("cancels a lock that a full disk has left half written", async () => {
    const locks = join(engineHome(test().paths).backend, ".pulumi/locks/organization/sandbox-fixture/dev");
    const lock = join(locks, "torn.json.1.tmp");
    const before = Date.now() / 1000 - 60;
    mkdirSync(locks, { recursive: true });
    writeFileSync(lock, "");
    utimesSync(lock, before, before);
    assert.notEqual((await shell("pulumi refresh --stack dev --yes --non-interactive")).code, 0);
    const line = /lock of a run that did not write its lock to its end, which is gone: cancel it/;
    assert.match(await says(recover), line);
    assert.match(await says(`${recover} --yes`), line);
    await converges();
  });

  it("puts the newest copy in the place of a state that a full disk has torn, and goes on from there", async () => {
    const engine = engineHome(test().paths);
    const file = stateFile(engine, "sandbox-fixture", "dev");
    for (const torn of [file, `${file}.bak`]) truncateSync(torn, 4096);
    assert.match((await sandbox.run("status")).stderr, /dev\.json is torn, as a full disk leaves it/);
    const line = /state of stack dev, torn as a full disk leaves it: take the copy of \d{4}-/;
    assert.match(await says(recover), line);
    assert.match(await says(`${recover} --yes`), line);
    await converges();
  });

  it("leaves a release alone that does not say that it is of the stack, and tells of it", async () => {
    const { ref, object } = foreignRecord();
    await test().apply(object);
    assert.match(await says(`${recover} --yes`), /release fixture\/foreign: left alone: nothing says/);
    assert.ok(await test().get(object));
    await test().client.delete(ref);
  });

  it("recovers a run that was killed while Helm installs, once its provider has gone", async () => {
    assert.equal((await sandbox.run("destroy")).code, 0);
    await killedInHelm("pending-install", "example.org/operator:1");
    const refused = await says(recover, 1);
    assert.match(refused, /lock of process \d+ on \S+, which is gone: cancel it/);
    assert.match(refused, /a provider that outlived its engine may still be at work \(process [\d ]+\)/);
    endProviders();
    assert.match(await says(`${recover} --yes`), /note its installation as failed[^]*take it into the state/);
    assert.match(await says(recover), /no run of it was broken off/);
    await converges();
  });

  it("leaves the user's own Pulumi home alone, and what is in it", async () => {
    const home = mkdtempSync(join(tmpdir(), "pulumi-home-"));
    const login = join(home, "credentials.json");
    writeFileSync(login, `{"current":"https://pulumi.example.org"}`);
    const { PULUMI_HOME } = process.env;
    process.env.PULUMI_HOME = home;
    const { code, stderr } = await sandbox.run("preview");
    if (PULUMI_HOME === undefined) delete process.env.PULUMI_HOME;
    else process.env.PULUMI_HOME = PULUMI_HOME;
    assert.equal(code, 0, stderr);
    assert.deepEqual(readdirSync(home), ["credentials.json"]);
    assert.equal(readFileSync(login, "utf8"), `{"current":"https://pulumi.example.org"}`);
    rmSync(home, { recursive: true });
  });

  it("destroys what is left to the last object", async () => {
    await says("pulumi destroy --stack dev --yes --non-interactive");
    assert.deepEqual(await objects(), []);
  });

  /** Kills `up`, engine included, while Helm waits for an operator that never becomes ready. Providers live on. */
  async function killedInHelm(status: string, image: string): Promise<void> {
    const [child, end] = sandbox.start("up", { operator: { image, ready: false } });
    await eventually(async () => {
      assert.equal((await records(`,status=${status}`)).length, 1);
    }, 30_000);
    child.kill("SIGKILL");
    for (const pid of leftovers(engineHome(test().paths)).engines) process.kill(pid, "SIGKILL");
    await end;
  }

  function endProviders(): void {
    for (const pid of leftovers(engineHome(test().paths)).providers) process.kill(pid, "SIGKILL");
  }
});

/** What Helm would write down about a release of somebody else. */
function foreignRecord() {
  const chart = { metadata: { name: "foreign", version: "1.0.0" } };
  const text = JSON.stringify({ version: 1, info: { status: "deployed", description: "Install complete" }, chart });
  const release = Buffer.from(gzipSync(text).toString("base64")).toString("base64");
  const metadata = { name: "sh.helm.release.v1.foreign.v1", namespace: "fixture" };
  const labels = { owner: "helm", name: "foreign", status: "deployed", version: "1" };
  const type = { apiVersion: "v1", kind: "Secret" };
  const ofHelm = { type: "helm.sh/release.v1" };
  return {
    ref: { ...type, ...metadata },
    object: { ...type, ...ofHelm, metadata: { ...metadata, labels }, data: { release } },
  };
}
