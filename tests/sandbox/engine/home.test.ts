import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyEnvironment, clearTemporary, engineHome, prepareHome } from "../../../sandbox/engine/home.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("prepareHome", () => {
  const folder = temporaryFolder();
  const programs = (pulumi: string) => ({ pulumi, plugins: [{ name: "kubernetes", version: "4.1.0", file: "/k8s" }] });

  it("links the programs under the names that the engine looks for, and makes the passphrase once", () => {
    const engine = engineHome({ state: folder() });
    prepareHome(engine, programs("/one/pulumi"));
    const passphrase = readFileSync(engine.passphrase, "utf8");
    assert.match(passphrase, /^\S{32}\n$/);
    assert.equal(statSync(engine.passphrase).mode & 0o777, 0o600);
    prepareHome(engine, programs("/two/pulumi"));
    assert.equal(readFileSync(engine.passphrase, "utf8"), passphrase);
    assert.equal(readlinkSync(join(engine.home, "bin/pulumi")), "/two/pulumi");
    const plugin = join(engine.home, "plugins/resource-kubernetes-v4.1.0/pulumi-resource-kubernetes");
    assert.equal(readlinkSync(plugin), "/k8s");
  });
});

describe("clearTemporary", () => {
  const folder = temporaryFolder();

  it("removes the copies of the kubeconfig that the provider leaves", () => {
    const engine = engineHome({ state: folder() });
    prepareHome(engine, { pulumi: "/pulumi", plugins: [] });
    const temporary = join(folder(), "engine/tmp");
    writeFileSync(join(temporary, "kubeconfig1"), "");
    clearTemporary(engine);
    assert.deepEqual(readdirSync(temporary), []);
  });
});

describe("applyEnvironment", () => {
  const before = { ...process.env };
  afterEach(() => {
    // In place: what asks the system for its environment sees no object that is put in its place.
    for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  });

  it("takes away what leads to other clusters, backends and homes", () => {
    Object.assign(process.env, {
      PULUMI_ACCESS_TOKEN: "t",
      PULUMI_STACK: "prod",
      HELM_DRIVER: "sql",
      KUBECONFIG: "/mine",
    });
    const paths = { state: "/state", cache: "/cache", project: "/project", firstPort: 1 };
    applyEnvironment(engineHome(paths), paths);
    const steering = Object.keys(process.env).filter((name) => /^(PULUMI_|HELM_|KUBE)/.test(name));
    assert.ok(!steering.some((name) => ["PULUMI_ACCESS_TOKEN", "PULUMI_STACK", "HELM_DRIVER"].includes(name)));
    assert.ok(steering.every((name) => /^(\/state\/|file:\/\/\/state\/|true$)/.test(process.env[name] ?? "")));
    assert.equal(process.env.KUBECONFIG, "/state/kubeconfig");
    assert.equal(process.env.TMPDIR, "/state/engine/tmp");
  });
});
