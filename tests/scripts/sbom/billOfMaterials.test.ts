import assert from "node:assert/strict";
import { billOfMaterials } from "../../../scripts/sbom/billOfMaterials.ts";
import { schemaErrors } from "../../support/sbomSchema.ts";

const library = (name: string) => ({ type: "library", name, version: "1.0.0", "bom-ref": name });
const materials = {
  version: "0.1.0",
  npm: { components: [library("zod")], dependencies: [{ ref: "zod", dependsOn: [] }] },
  goModules: [
    { path: "example.org/a", version: "v1.0.0" },
    { path: "example.org/a", version: "v1.0.0" },
    { path: "example.org/a", version: "v1.1.0" },
  ],
  images: ["quay.io/prometheus/prometheus:v3.13.1"],
};

describe("a bill of materials", () => {
  it("keeps to the schema of CycloneDX 1.5, which refuses another", async () => {
    const bill = billOfMaterials(materials);
    assert.equal(await schemaErrors(bill), undefined);
    assert.notEqual(await schemaErrors(bill.replace('"container"', '"ship"')), undefined);
  });

  it("has what npm found, and each module and image once", () => {
    const { components, dependencies } = JSON.parse(billOfMaterials(materials)) as {
      components: { name: string; version: string }[];
      dependencies: object[];
    };
    assert.deepEqual(components.map(({ name, version }) => `${name} ${version}`).sort(), [
      "example.org/a v1.0.0",
      "example.org/a v1.1.0",
      "quay.io/prometheus/prometheus v3.13.1",
      "zod 1.0.0",
    ]);
    assert.deepEqual(dependencies, materials.npm.dependencies);
  });

  it("is of the project that npm names in what needs what", () => {
    const { metadata } = JSON.parse(billOfMaterials(materials)) as { metadata: { component: { "bom-ref": string } } };
    assert.equal(metadata.component["bom-ref"], "fluffy-observability@0.1.0");
  });

  it("is the same for the same materials", () => {
    assert.equal(
      billOfMaterials(materials),
      billOfMaterials({ ...materials, goModules: materials.goModules.toReversed() }),
    );
  });
});
