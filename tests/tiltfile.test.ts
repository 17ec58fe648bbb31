import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "../sandbox/telemetry/python.ts";
import { ordersApi, teamNamespace } from "../stacks/team-api/ordersApi.ts";
import { FakePrograms } from "./support/fakePrograms.ts";
import { projectFolder } from "./support/markdown.ts";
import { find, stackRun } from "../review/program/runs.ts";
import { requirePython } from "./support/telemetryStack.ts";
import { temporaryFolder } from "./support/temporaryFolder.ts";

/** Tilt's language is Python with fewer words: runs a Tiltfile with functions that only note how they are called. */
const harness = `
import json, os, sys
calls = []
def note(function):
    return lambda *args, **named: calls.append({"function": function, "args": args, "named": named})
def run(path, into=None):
    names = dict(scope)
    folder = os.path.dirname(path)
    names["os"] = type("os", (), {"getcwd": staticmethod(lambda: folder)})
    names["include"] = lambda other: run(os.path.normpath(os.path.join(folder, other)))
    names["load"] = lambda other, *wanted: names.update(
        {name: value for name, value in run(os.path.normpath(os.path.join(folder, other))).items() if name in wanted})
    exec(compile(open(path).read(), path, "exec"), names)
    return names
scope = {name: note(name) for name in ["docker_build", "k8s_custom_deploy", "k8s_resource"]}
scope.update({"read_file": lambda path: open(path).read(), "encode_json": json.dumps, "sync": lambda source, target: [source, target]})
run(sys.argv[1])
print(json.dumps(calls))
`;

interface Call {
  readonly function: string;
  readonly args: readonly string[];
  readonly named: Readonly<Record<string, unknown>>;
}

describe("Tiltfile", () => {
  const folder = temporaryFolder();
  let calls: Call[];

  before(async function () {
    await requirePython(this);
    const args = ["-c", harness, join(projectFolder, "Tiltfile")];
    const { status, stdout, stderr } = spawnSync((await findPython()).command, args, { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    calls = JSON.parse(stdout) as Call[];
  });

  function call(name: string, api: string): Call {
    const found = calls.find((candidate) => candidate.function === name && candidate.args[0] === api);
    assert.ok(found !== undefined, `no ${name} of ${api}`);
    return found;
  }

  it("has the sample APIs", () => {
    const built = calls.filter((candidate) => candidate.function === "docker_build").map(({ args }) => args[0]);
    assert.deepEqual(built, ["python-api", "orders-api"]);
  });

  it("builds an image whose user may write what Tilt copies into it", () => {
    const { named, args } = call("docker_build", "python-api");
    const own = join(projectFolder, "apps/python-api");
    assert.equal(args[1], own);
    const dockerfile = String(named["dockerfile_contents"]);
    assert.match(dockerfile, /^FROM python:/);
    assert.match(dockerfile, /\nUSER 10001:10001\nCMD \["uvicorn", "python_api.main:app", .*"--reload"\]\n$/);
    assert.deepEqual(named["live_update"], [[join(own, "python_api"), "/app/python_api"]]);
  });

  it("changes the Deployments that the stacks make, and gives back what the stacks say", async () => {
    const { inputs } = find(await stackRun("dev"), "Deployment", "python-api");
    const { namespace } = inputs["metadata"] as { namespace: string };
    for (const [name, itsNamespace, port] of [
      ["python-api", namespace, 8000],
      [ordersApi.name, teamNamespace, ordersApi.port],
    ] as const) {
      const { named } = call("k8s_custom_deploy", name);
      const bin = join(folder(), name);
      mkdirSync(bin);
      const fakes = new FakePrograms(bin, {
        kubectl: [{ when: "patch" }, { when: "get", output: "kind: Deployment\n" }],
      });
      const env = { PATH: fakes.path, TILT_IMAGE_0: "localhost:5005/built:tilt-1" };
      const applied = spawnSync("sh", ["-c", String(named["apply_cmd"])], { env, encoding: "utf8" });
      assert.equal(applied.stdout, "kind: Deployment\n");
      spawnSync("sh", ["-c", String(named["delete_cmd"])], { env });

      const [patched, read, undone] = fakes.calls().map(({ args }) => args);
      assert.deepEqual(patched?.slice(0, 4), ["patch", "--namespace", itsNamespace, `deployment/${name}`]);
      assert.deepEqual(read, ["get", "--output", "yaml", "--namespace", itsNamespace, `deployment/${name}`]);
      const content = (image: string, readOnlyRootFilesystem: boolean) => ({
        spec: { template: { spec: { containers: [{ name, image, securityContext: { readOnlyRootFilesystem } }] } } },
      });
      assert.deepEqual(JSON.parse(patched.at(-1) ?? ""), content("localhost:5005/built:tilt-1", false));
      assert.deepEqual(JSON.parse(undone?.at(-1) ?? ""), content(`localhost:5005/${name}:dev`, true));
      assert.equal(call("k8s_resource", name).named["port_forwards"], `${port}:${port}`);
    }
  });
});
