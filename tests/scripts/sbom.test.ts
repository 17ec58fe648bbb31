import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { everyImage } from "../../catalog/imageRegistry.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { schemaErrors } from "../support/sbomSchema.ts";

const project = resolve(import.meta.dirname, "../..");

describe("npm run sbom", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  it("writes every package, module and image of the project, by the schema of CycloneDX", async () => {
    const file = join(folder(), "sbom.json");
    const argv = ["--import", "./runTypeScript.mjs", "scripts/sbom.ts", file];
    assert.equal(execFileSync(process.execPath, argv, { cwd: project, encoding: "utf8" }), `${file}\n`);
    const text = readFileSync(file, "utf8");
    assert.equal(await schemaErrors(text), undefined);

    const { components } = JSON.parse(text) as { components: { purl: string }[] };
    const of = (type: string) =>
      components.filter(({ purl }) => purl.startsWith(`pkg:${type}/`)).map(({ purl }) => purl);
    assert.equal(of("oci").length, everyImage().length);
    assert.ok(of("golang").includes("pkg:golang/k8s.io/kubernetes@v1.36.3"));
    const { packages } = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")) as {
      packages: Record<string, { version: string }>;
    };
    const locked = Object.entries(packages)
      .filter(([path]) => path !== "")
      .map(([path, { version }]) => `${path.slice(path.lastIndexOf("node_modules/") + 13)}@${version}`);
    const found = new Set(of("npm").map((purl) => decodeURIComponent(purl.slice("pkg:npm/".length))));
    assert.deepEqual(
      locked.filter((name) => !found.has(name)),
      [],
    );
  });
});
