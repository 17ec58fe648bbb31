import assert from "node:assert/strict";
import { volumeClaim } from "../../components/volumeClaim.ts";

describe("volumeClaim", () => {
  it("asks for a volume of the default class that one node writes", () => {
    assert.deepEqual(volumeClaim("10Gi"), {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "10Gi" } },
    });
  });
});
