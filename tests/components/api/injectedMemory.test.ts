import assert from "node:assert/strict";
import { checkMemory, smallestMemory } from "../../../components/api/injectedMemory.ts";

const measured = [
  ["python", 96],
  ["nodejs", 176],
  ["java", 272],
] as const;

describe("checkMemory", () => {
  for (const [language, smallest] of measured) {
    it(`refuses a limit in which ${language} does not survive its injection, and takes the next one`, () => {
      const limit = `${smallest - 1}Mi`;
      assert.throws(
        () => {
          checkMemory("orders", language, limit);
        },
        {
          __pulumiRunError: true,
          message: `InstrumentedApi orders: resources.memoryLimit is ${limit}: must be ${smallest}Mi or more, in Mi or Gi, with the injection of ${language}`,
        },
      );
      for (const fits of [`${smallest}Mi`, "1Gi", "1Ti"]) checkMemory("orders", language, fits);
    });
  }

  it("refuses a limit in another unit than those of the settings: it cannot be compared", () => {
    for (const limit of ["1G", "1000M", "1000000000", "", "half"]) {
      assert.throws(
        () => {
          checkMemory("orders", "python", limit);
        },
        {
          message: `InstrumentedApi orders: resources.memoryLimit is ${limit}: must be 96Mi or more, in Mi or Gi, with the injection of python`,
        },
      );
    }
  });

  for (const language of ["go", "dotnet"] as const) {
    it(`has no smallest limit for ${language}`, () => {
      for (const limit of ["1Mi", "64M"]) checkMemory("orders", language, limit);
    });
  }

  it("knows the languages that were measured, and no other", () => {
    assert.deepEqual(smallestMemory, Object.fromEntries(measured));
  });
});
