import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { dump, load, loadAll } from "js-yaml";
import { imagesOf } from "../../artifacts/manifests/bundlePatches.ts";
import type { ManifestObject } from "../../artifacts/manifests/manifest.ts";
import { operatorImages } from "../../catalog/versions.ts";
import { mirror } from "../../review/program/mirror.ts";
import { countStandIns } from "../support/standInCount.ts";
import { standInMirror } from "../../review/program/standInMirror.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const project = resolve(import.meta.dirname, "../..");

/** What `npm run render` writes, with the real artifacts where they can be had. */
describe("npm run render", function () {
  // Helm is built first where no test has done so yet.
  this.timeout(300_000);
  countStandIns();
  const folder = temporaryFolder();

  async function render(stack: string, out: string): Promise<void> {
    const settings = load(await readFile(join(project, `Pulumi.${stack}.yaml`), "utf8")) as { config: object };
    const config = {
      ...settings.config,
      "fluffy-observability:artifactsMirror": mirror ?? (await standInMirror()),
      // No lock is recorded of it here.
      "fluffy-observability:artifactsLocked": false,
    };
    const file = join(folder(), "settings.yaml");
    await writeFile(file, dump({ config }));
    const script = [
      "--import",
      "./runTypeScript.mjs",
      "scripts/render.ts",
      "--stack",
      stack,
      "--config-file",
      file,
      "--out",
      out,
    ];
    await promisify(execFile)(process.execPath, script, { cwd: project });
  }

  // Staging has the releases of production.
  for (const stack of ["dev", "prod"]) {
    it(`writes the objects inside the releases of ${stack}, and leaves other files`, async () => {
      const out = join(folder(), "out");
      await mkdir(out);
      await writeFile(join(out, "of-an-earlier-run.rendered.yaml"), "");
      await writeFile(join(out, "notes.yaml"), "mine");
      await render(stack, out);

      assert.equal(await readFile(join(out, "notes.yaml"), "utf8"), "mine");
      const names = (await readdir(out)).filter((name) => name !== "notes.yaml");
      assert.ok(!names.includes("of-an-earlier-run.rendered.yaml"));
      assert.ok(names.includes("cert-manager.rendered.yaml") && names.includes("opentelemetry-operator.rendered.yaml"));
      const known: string[] = Object.values(operatorImages).flat();
      for (const name of names) {
        const text = await readFile(join(out, name), "utf8");
        const objects = loadAll(text) as ManifestObject[];
        assert.ok(objects.length > 0, name);
        assert.doesNotMatch(
          text,
          /openAPIV3Schema|namespace: default$|caBundle: *(Cg==|""|'')?$|gcr\.io\/kubebuilder/m,
          name,
        );
        for (const { kind, metadata } of objects) assert.notEqual(kind, "Namespace", metadata.name);
        for (const image of imagesOf(objects)) assert.ok(known.includes(image), image);
      }
    });
  }

  it("says in one line what it cannot use", async () => {
    const script = ["--import", "./runTypeScript.mjs", "scripts/render.ts", "--stack", "nope", "--out", folder()];
    await assert.rejects(promisify(execFile)(process.execPath, script, { cwd: project }), {
      code: 1,
      stderr: /^no stack "nope": [^\n]+\n$/,
    });
  });
});
