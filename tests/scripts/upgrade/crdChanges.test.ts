import assert from "node:assert/strict";
import { crdChangeLines, crdChanges } from "../../../scripts/upgrade/crdChanges.ts";
import type { CrdSchema } from "../../../review/crds/mirroredCrds.ts";
import { newWidget, oldWidget, widgetCrds } from "../../support/widgetCrd.ts";

describe("crdChanges", () => {
  it("finds every kind of change, and no other words", () => {
    const resource = "Widget example.org/v1";
    assert.deepEqual(crdChanges(widgetCrds(oldWidget), widgetCrds(newWidget)), [
      { resource, path: "spec.image", what: "removed" },
      { resource, path: "spec.limits.*", what: "type", detail: "integer" },
      { resource, path: "spec.mode", what: "values", detail: "safe, careful" },
      { resource, path: "spec.policy", what: "added" },
      { resource, path: "spec.ports[].name", what: "required" },
      { resource, path: "spec.ports[].protocol", what: "added" },
      { resource, path: "spec.replicas", what: "type", detail: "string" },
      { resource, path: "spec.storage", what: "added" },
      { resource, path: "spec.storage", what: "required" },
    ]);
    assert.deepEqual(crdChanges(widgetCrds(newWidget), widgetCrds(newWidget)), []);
  });

  it("finds versions and kinds that came or went", () => {
    assert.deepEqual(crdChanges(widgetCrds(oldWidget, ["v1beta1", "v1"]), widgetCrds(oldWidget, ["v1", "v2"])), [
      { resource: "Widget example.org/v1beta1", path: "", what: "removed" },
      { resource: "Widget example.org/v2", path: "", what: "added" },
    ]);
    assert.deepEqual(crdChanges(widgetCrds(oldWidget), []), [
      { resource: "Widget example.org/v1", path: "", what: "removed" },
    ]);
  });

  it("takes more allowed values for no change", () => {
    const mode = (values: string[]): CrdSchema => ({
      type: "object",
      properties: { mode: { type: "string", enum: values } },
    });
    assert.deepEqual(crdChanges(widgetCrds(mode(["fast"])), widgetCrds(mode(["fast", "safe"]))), []);
  });
});

describe("crdChangeLines", () => {
  it("counts what came and names the rest", () => {
    assert.deepEqual(crdChangeLines(crdChanges(widgetCrds(oldWidget, ["v1", "v2"]), widgetCrds(newWidget))), [
      "Widget example.org/v1: 3 new fields",
      "  spec.image: removed",
      "  spec.limits.*: type is now integer",
      "  spec.mode: allowed now: safe, careful",
      "  spec.ports[].name: required now",
      "  spec.replicas: type is now string",
      "  spec.storage: required now",
      "Widget example.org/v2: no new field",
      "  the version itself: removed",
    ]);
  });
});
