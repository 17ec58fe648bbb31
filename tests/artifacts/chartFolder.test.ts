import assert from "node:assert/strict";
import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chartFolder } from "../../artifacts/chartFolder.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: operator, namespace: a }
spec: { template: { spec: { containers: [{ name: a, image: "registry.io/a:1" }] } } }
`;

describe("chartFolder", () => {
  const folder = temporaryFolder();
  const bundle = { name: "some-operator", version: "v1.2.3", content: Buffer.from(manifest), source: "bundle.yaml" };
  const make = (change = {}, patches = {}) =>
    chartFolder(join(folder(), "charts"), { ...bundle, ...change }, { crdPolicy: "keep", ...patches });

  it("writes the chart under a name that says what it is made of", async () => {
    const { path, facts } = await make();
    assert.match(path, /\/charts\/some-operator-v1\.2\.3-[0-9a-f]{12}$/);
    assert.deepEqual((await readdir(path)).sort(), ["Chart.yaml", "facts.json", "files", "templates"]);
    assert.deepEqual(facts.images, ["registry.io/a:1"]);
    const name = path.split("/").at(-1) ?? "";
    assert.deepEqual((await readdir(join(folder(), "charts"))).sort(), [name, `${name}.sha256`]);
  });

  it("gives the same folder for the same bundle and patches, and does not write it again", async () => {
    const first = await make();
    const written = (await stat(first.path)).ino;
    assert.deepEqual(await make({ source: "another file with the same content" }), first);
    assert.equal((await stat(first.path)).ino, written);
  });

  it("gives another folder for another content, version or patch", async () => {
    const paths = await Promise.all([
      make(),
      make({ content: Buffer.from(`${manifest}# changed\n`) }),
      make({ version: "v1.2.4" }),
      make({}, { crdPolicy: "delete" }),
      make({}, { extraArgs: { operator: ["--x"] } }),
    ]);
    assert.equal(new Set(paths.map(({ path }) => path)).size, 5);
  });

  it("refuses a chart that somebody changed or took apart", async () => {
    const { path } = await make();
    await writeFile(join(path, "files/bundle.yaml"), `${manifest}# changed\n`);
    await assert.rejects(make(), {
      name: "ArtifactError",
      message: `${path}/files/bundle.yaml is not what was written there: nothing of it is used; delete ${path} and run again`,
    });
    await rm(path, { recursive: true });
    await make();
    await rm(join(path, "templates"), { recursive: true });
    await assert.rejects(make(), /templates\/bundle\.yaml is not what was written there/);
  });

  it("writes nothing for a manifest that cannot be used", async () => {
    await assert.rejects(make({ content: Buffer.from("<html>\n") }), { name: "ArtifactError" });
    assert.deepEqual(await readdir(folder()), []);
  });
});
