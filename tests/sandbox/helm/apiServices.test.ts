import assert from "node:assert/strict";
import { leaveOutApiServices } from "../../../sandbox/helm/apiServices.ts";

const other = "---\n# Source: a.yaml\nkind: Service\nmetadata:\n  name: a\n";
const served =
  "---\nkind: APIService\nmetadata:\n  labels:\n    k: v\n  name: v1beta1.metrics.k8s.io\nspec:\n  service:\n    name: a\n";
const local = "---\nkind: APIService\nmetadata:\n  name: v1.local\nspec:\n  group: local\n";

describe("leaveOutApiServices", () => {
  it("leaves out what a pod would serve, and only that", () => {
    const { kept, leftOut } = leaveOutApiServices(other + served + local);
    assert.deepEqual(leftOut, ["v1beta1.metrics.k8s.io"]);
    assert.equal(kept, other + local);
  });

  it("changes nothing where there is none", () => {
    assert.deepEqual(leaveOutApiServices(other), { kept: other, leftOut: [] });
  });
});
