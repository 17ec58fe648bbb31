import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { backendFolder } from "../../../recovery/fileBackend.ts";
import {
  applyEnvironment,
  clearTemporary,
  engineHome,
  ownVariables,
  prepareHome,
} from "../../../sandbox/engine/home.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("prepareHome", () => {
  const folder = temporaryFolder();
  const program = (name: string) => {
    const file = join(folder(), name);
    writeFileSync(file, "");
    return file;
  };
  const plugin = (file: string) => ({ name: "kubernetes", version: "4.1.0", file });

  it("links the programs under the names that the engine looks for, and makes the passphrase once", () => {
    const engine = engineHome({ state: folder() });
    const plugins = [plugin(program("k8s"))];
    prepareHome(engine, { pulumi: program("one"), plugins });
    const passphrase = readFileSync(engine.passphrase, "utf8");
    assert.match(passphrase, /^\S{32}\n$/);
    assert.equal(statSync(engine.passphrase).mode & 0o777, 0o600);
    prepareHome(engine, { pulumi: program("two"), plugins });
    assert.equal(readFileSync(engine.passphrase, "utf8"), passphrase);
    assert.equal(readlinkSync(join(engine.home, "bin/pulumi")), join(folder(), "two"));
    const linked = join(engine.home, "plugins/resource-kubernetes-v4.1.0/pulumi-resource-kubernetes");
    assert.equal(readlinkSync(linked), join(folder(), "k8s"));
  });

  it("keeps its links where they are what PATH and PULUMI_HOME lead to, as in a sandbox's own shell", () => {
    const engine = engineHome({ state: folder() });
    prepareHome(engine, { pulumi: program("pulumi"), plugins: [plugin(program("k8s"))] });
    const pulumi = join(engine.home, "bin/pulumi");
    const linked = join(engine.home, "plugins/resource-kubernetes-v4.1.0/pulumi-resource-kubernetes");
    const other = engineHome({ state: join(folder(), "other") });
    for (const each of [engine, other, engine]) {
      prepareHome(each, { pulumi, plugins: [plugin(linked)] });
      assert.equal(readlinkSync(join(each.home, "bin/pulumi")), join(folder(), "pulumi"));
      assert.deepEqual(readdirSync(join(each.home, "bin")), ["pulumi"]);
    }
    assert.equal(readlinkSync(linked), join(folder(), "k8s"));
  });
});

describe("ownVariables", () => {
  it("lead to the backend's folder, whatever signs its path has", () => {
    const paths = { state: "/a b/#c/%d/e?f", cache: "/cache", project: "/project", firstPort: 1 };
    const engine = engineHome(paths);
    const { PULUMI_BACKEND_URL: url = "" } = ownVariables(engine, paths);
    assert.equal(url, "file:///a%20b/%23c/%25d/e%3Ff/engine/backend");
    assert.equal(backendFolder(url, "/project"), engine.backend);
  });

  it("lead to temporary files of their own: a run of the sandbox's own removes its own ones while the shell is at work", () => {
    const paths = { state: "/state", cache: "/cache", project: "/project", firstPort: 1 };
    assert.equal(ownVariables(engineHome(paths), paths).TMPDIR, "/state/engine/shell-tmp");
  });
});

describe("clearTemporary", () => {
  const folder = temporaryFolder();

  it("removes the copies of the kubeconfig that the provider leaves", () => {
    const engine = engineHome({ state: folder() });
    prepareHome(engine, { pulumi: process.execPath, plugins: [] });
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
