import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { engineHome, ownVariables } from "../../sandbox/engine/home.ts";
import { workspaceFolder } from "../../sandbox/engine/workspace.ts";
import { FakePrograms } from "../support/fakePrograms.ts";
import { sandboxCommand } from "../support/sandboxRun.ts";
import { testCluster } from "../support/testCluster.ts";

const project = resolve(import.meta.dirname, "../..");
const namespaced = (apiVersion: string, kind: string, name: string) => ({
  ...{ apiVersion, kind, metadata: { name, namespace: "fixture" } },
});
const deployment = namespaced("apps/v1", "Deployment", "api");
const secret = namespaced("v1", "Secret", "admin");

/** The nightly comparison with the real engine; only GitHub is a fake. */
describe("ci:drift, with the small program", function () {
  this.timeout(120_000);
  const test = testCluster(17510);
  const sandbox = sandboxCommand(() => test().paths, "tests/fixtures/program", "sandbox-fixture");

  /** What the comparison prints, and what it writes into the issue. */
  function compare() {
    const { paths } = test();
    const engine = engineHome(paths);
    const bin = join(paths.state, `bin-${Math.random().toString(36).slice(2)}`);
    mkdirSync(bin);
    const nodes = [{ state: "ACTIVE", commitOid: "one" }];
    const fakes = new FakePrograms(bin, {
      gh: [
        { when: "graphql", output: JSON.stringify({ data: { repository: { deployments: { nodes } } } }) },
        { when: "state=open" },
        { when: "--method" },
      ],
    });
    const argv = ["--import", join(project, "runTypeScript.mjs"), join(project, "scripts/ci/drift.ts")];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...argv, "--stack", "dev"], {
      cwd: workspaceFolder(engine, "sandbox-fixture", "dev"),
      encoding: "utf8",
      env: {
        ...ownVariables(engine, paths),
        HOME: paths.state,
        PATH: [fakes.path, join(engine.home, "bin")].join(delimiter),
        GITHUB_REPOSITORY: "example/platform",
        GITHUB_RUN_ID: "7",
      },
    });
    const issue = fakes.calls().find(({ input }) => input !== "")?.input;
    const body = issue === undefined ? "" : (JSON.parse(issue) as { body: string }).body;
    return { status, stdout, stderr, body };
  }

  it("finds no difference right after up", async () => {
    const up = await sandbox.run("up");
    assert.equal(up.code, 0, up.stderr);
    const { status, stdout, stderr, body } = compare();
    assert.deepEqual({ status, stdout, body }, { status: 0, stdout: "dev: no difference\n", body: "" }, stderr);
  });

  it("tells what was changed and deleted by hand, no secret, and changes nothing", async () => {
    const { data = {} } = (await test().get(secret)) as { data?: Record<string, string> };
    const encoded = data.password ?? "";
    const password = Buffer.from(encoded, "base64").toString();
    assert.equal(password.length, 24);
    await test().apply({ ...deployment, spec: { replicas: 3 } });
    await test().client.delete({ apiVersion: "v1", kind: "Secret", ...secret.metadata });

    const { status, stdout, stderr, body } = compare();
    assert.deepEqual({ status, stdout }, { status: 0, stdout: "dev: the cluster differs\n" }, stderr);
    assert.match(body, /### dev: 1 to update, 1 to delete, 9 unchanged/);
    assert.match(body, /~ replicas: 1 => 3/);
    assert.match(body, /- kubernetes:core\/v1:Secret: \(delete\)/);
    for (const text of [body, stderr]) assert.ok(!text.includes(password) && !text.includes(encoded));

    assert.match(compare().body, /### dev: 1 to update, 1 to delete, 9 unchanged/);
    assert.equal(await test().get(secret), undefined);
  });
});
