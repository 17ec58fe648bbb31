import assert from "node:assert/strict";
import { type InjectedFiles, injectedFiles } from "../../../components/api/injectedFiles.ts";
import { find, registering } from "../../../review/program/runs.ts";

const api = { name: "orders", namespace: "team" };

async function register(files: Readonly<Record<string, string>>) {
  let made: InjectedFiles | undefined;
  const run = await registering(() => (made = injectedFiles("orders-injection", api, files, {})));
  return { run, items: made?.items };
}

async function configMap(files: Readonly<Record<string, string>>) {
  const { inputs } = find((await register(files)).run, "ConfigMap", "orders-injection");
  return inputs as { metadata: { name: string; namespace: string; labels: object }; data: object; immutable: boolean };
}

describe("injectedFiles", () => {
  it("makes a ConfigMap that nobody changes, in the namespace of the API", async () => {
    const { metadata, data, immutable } = await configMap({ "end.cjs": "1;\n", "package/__init__.py": "" });
    assert.equal(metadata.namespace, "team");
    assert.equal((metadata.labels as Record<string, string>)["app.kubernetes.io/name"], "orders");
    assert.deepEqual([data, immutable], [{ "end.cjs": "1;\n", "package-__init__.py": "" }, true]);
  });

  it("says which key goes to which path: a key has no slash", async () => {
    assert.deepEqual((await register({ "end.cjs": "", "a/b/c.py": "" })).items, [
      { key: "end.cjs", path: "end.cjs" },
      { key: "a-b-c.py", path: "a/b/c.py" },
    ]);
  });

  it("has another name for another content, and the same for the same: a pod keeps its own", async () => {
    const name = async (files: Readonly<Record<string, string>>) => (await configMap(files)).metadata.name;
    const before = await name({ "a.py": "1" });
    assert.match(before, /^orders-injection-[0-9a-f]{8}$/);
    assert.equal(await name({ "a.py": "1" }), before);
    assert.notEqual(await name({ "a.py": "2" }), before);
    assert.notEqual(await name({ "b.py": "1" }), before);
  });

  it("makes nothing where no file is needed", async () => {
    const { run, items } = await register({});
    assert.equal(items, undefined);
    assert.ok(!run.registered.some(({ type }) => type.endsWith(":ConfigMap")));
  });
});
