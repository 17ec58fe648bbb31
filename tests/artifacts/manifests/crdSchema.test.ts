import assert from "node:assert/strict";
import { withoutDescriptions } from "../../../artifacts/manifests/crdSchema.ts";

const crd = (schema: unknown) => ({ spec: { versions: [{ name: "v1", schema: { openAPIV3Schema: schema } }] } });

describe("withoutDescriptions", () => {
  it("takes descriptions out at every depth", () => {
    const schema = {
      description: "top",
      properties: {
        list: { description: "a list", items: { description: "an item", type: "string" } },
        map: { additionalProperties: { description: "a value", type: "integer" } },
        choice: { anyOf: [{ description: "one", type: "string" }, { not: { description: "none", type: "array" } }] },
      },
    };
    assert.doesNotMatch(JSON.stringify(withoutDescriptions(crd(schema))), /description/);
  });

  it("keeps a field that is called description", () => {
    const schema = { properties: { description: { type: "string", description: "of a field of that name" } } };
    assert.deepEqual(withoutDescriptions(crd(schema)), crd({ properties: { description: { type: "string" } } }));
  });

  it("keeps values that only look like schemas", () => {
    const schema = { type: "object", default: { description: "a value" }, enum: [{ description: "another" }] };
    assert.deepEqual(withoutDescriptions(crd(schema)), crd(schema));
  });

  it("leaves the given object as it was", () => {
    const before = crd({ description: "stays", type: "object" });
    withoutDescriptions(before);
    assert.deepEqual(before, crd({ description: "stays", type: "object" }));
  });
});
