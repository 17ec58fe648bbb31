import assert from "node:assert/strict";
import { volumeClaim, volumeOwner } from "../../../components/kubernetes/volumeClaim.ts";

describe("volumeClaim", () => {
  it("asks for a volume of the default class that one node writes", () => {
    assert.deepEqual(volumeClaim("10Gi"), {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "10Gi" } },
    });
  });
});

describe("volumeOwner", () => {
  it("gives a volume to a group once, not file by file at each start", () => {
    assert.deepEqual(volumeOwner(2000), { fsGroup: 2000, fsGroupChangePolicy: "OnRootMismatch" });
  });
});
