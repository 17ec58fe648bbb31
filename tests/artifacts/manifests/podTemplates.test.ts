import assert from "node:assert/strict";
import { valuesAt } from "../../../artifacts/manifests/objectPath.ts";
import { containerPaths, podPath } from "../../../artifacts/manifests/podTemplates.ts";

describe("containerPaths", () => {
  const template = { spec: { containers: [{ name: "a" }, { name: "b" }], initContainers: [{ name: "c" }] } };
  const objects = {
    Pod: template,
    Deployment: { spec: { template } },
    CronJob: { spec: { jobTemplate: { spec: { template } } } },
  };

  for (const [kind, object] of Object.entries(objects)) {
    it(`finds all containers of a ${kind}`, () => {
      const containers = containerPaths(kind).flatMap((path) => valuesAt(object, path));
      assert.deepEqual(containers, [{ name: "a" }, { name: "b" }, { name: "c" }]);
    });
  }

  it("finds none in a kind that makes no pods", () => {
    assert.deepEqual(containerPaths("Service"), []);
  });
});

describe("podPath", () => {
  it("leads to the pod of a kind that makes pods", () => {
    const template = { spec: { volumes: [{ name: "a" }] } };
    assert.deepEqual(valuesAt({ spec: { template } }, podPath("Deployment") ?? []), [template.spec]);
    assert.equal(podPath("Service"), undefined);
  });
});
