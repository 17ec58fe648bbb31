import assert from "node:assert/strict";
import { resourceErrors } from "../../../scripts/upgrade/resourceErrors.ts";
import { newWidget, oldWidget, widget, widgetCrds } from "../../support/widgetCrd.ts";

describe("resourceErrors", () => {
  it("names what the program sets and the new CRDs do not take", () => {
    const resource = widget({ replicas: 1, image: "a:1", mode: "fast", ports: [{ port: 80 }] });
    assert.deepEqual(resourceErrors([resource], widgetCrds(oldWidget), widgetCrds(oldWidget)), []);
    assert.deepEqual(resourceErrors([resource], widgetCrds(oldWidget), widgetCrds(newWidget)), [
      "Widget a.spec.storage is missing (stack prod)",
      "Widget a.spec.replicas: 1 is no string (stack prod)",
      "Widget a.spec.image is not known (stack prod)",
      "Widget a.spec.mode: fast is none of safe, careful (stack prod)",
      "Widget a.spec.ports[0].name is missing (stack prod)",
    ]);
  });

  it("does not mind what the program does not set", () => {
    assert.deepEqual(
      resourceErrors([widget({ replicas: "1", storage: "1Gi" })], widgetCrds(oldWidget), widgetCrds(newWidget)),
      [],
    );
  });

  it("names a kind whose version is gone, and leaves other operators' kinds alone", () => {
    const old = widget({}, "example.org/v1beta1");
    const another = {
      where: "stack prod",
      label: "Gadget b",
      inputs: { apiVersion: "example.com/v1", kind: "Gadget" },
    };
    assert.deepEqual(resourceErrors([old, another], widgetCrds(oldWidget, ["v1beta1", "v1"]), widgetCrds(oldWidget)), [
      "Widget a: there is no Widget example.org/v1beta1 any more (stack prod)",
    ]);
  });

  it("names an error once, with some of the places that have it", () => {
    const everywhere = ["stack dev", "stack staging", "stack prod", "engine operator", "without Jaeger"];
    const set = widget({ image: "a:1", replicas: "1", storage: "1Gi" });
    const resources = everywhere.map((where) => ({ ...set, where }));
    assert.deepEqual(resourceErrors(resources, widgetCrds(oldWidget), widgetCrds(newWidget)), [
      "Widget a.spec.image is not known (stack dev, stack staging, stack prod and 2 more)",
    ]);
  });
});
