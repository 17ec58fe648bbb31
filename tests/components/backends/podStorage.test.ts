import assert from "node:assert/strict";
import { podStorage } from "../../../components/backends/podStorage.ts";
import { volumeClaim } from "../../../components/kubernetes/volumeClaim.ts";

describe("podStorage", () => {
  it("is a volume of the size", () => {
    assert.deepEqual(podStorage("5Gi", "1Gi"), { volumeClaimTemplate: { spec: volumeClaim("5Gi") } });
  });

  it("is a bounded folder of the node without one", () => {
    assert.deepEqual(podStorage("", "1Gi"), { emptyDir: { sizeLimit: "1Gi" } });
  });
});
