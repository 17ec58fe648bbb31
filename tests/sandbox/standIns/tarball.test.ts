import assert from "node:assert/strict";
import { tarball } from "../../../sandbox/standIns/tarball.ts";
import { untar } from "../../support/untar.ts";

describe("tarball", () => {
  const files = { "a/Chart.yaml": "name: a\n", "a/empty": "", "a/exactly": "x".repeat(512), "a/umlaut": "äöü" };

  it("holds the files", () => {
    assert.deepEqual(Object.fromEntries(untar(tarball(files))), files);
  });

  it("is the same each time", () => {
    assert.deepEqual(tarball(files), tarball(files));
  });
});
