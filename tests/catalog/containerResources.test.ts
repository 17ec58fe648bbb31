import assert from "node:assert/strict";
import { goMemoryLimit, resourceRequirements } from "../../catalog/containerResources.ts";
import { mebibytes } from "../../settings/quantities.ts";

describe("resourceRequirements", () => {
  it("asks for processor and memory and limits only memory", () => {
    assert.deepEqual(resourceRequirements({ cpu: "100m", memory: "128Mi", memoryLimit: "512Mi" }), {
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { memory: "512Mi" },
    });
  });

  it("asks for no more than the limit: the API server refuses such a pod", () => {
    const { requests } = resourceRequirements({ cpu: "100m", memory: "1Gi", memoryLimit: "512Mi" });
    assert.equal(requests?.["memory"], "512Mi");
  });

  it("leaves a request alone where it cannot compare", () => {
    const { requests } = resourceRequirements({ cpu: "100m", memory: "128Mi", memoryLimit: "1G" });
    assert.equal(requests?.["memory"], "128Mi");
  });
});

describe("goMemoryLimit", () => {
  it("is below the container's limit, where the kernel ends the program", () => {
    assert.deepEqual(goMemoryLimit("1Gi"), { name: "GOMEMLIMIT", value: "819MiB" });
  });
});

describe("mebibytes", () => {
  for (const [quantity, expected] of Object.entries({ "512Mi": 512, "2Gi": 2048, "1Ti": 1024 * 1024 })) {
    it(`reads ${quantity}`, () => {
      assert.equal(mebibytes(quantity), expected);
    });
  }

  it("gives NaN for another form", () => {
    for (const quantity of ["512M", "1.5Gi", "", "Gi"]) assert.ok(Number.isNaN(mebibytes(quantity)), quantity);
  });
});
