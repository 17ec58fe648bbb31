import assert from "node:assert/strict";
import { join } from "node:path";
import { versions } from "../../../catalog/versions.ts";
import { toolVersion } from "../../../sandbox/programs/build.ts";

describe("a program that stands for an image", () => {
  it("is of the version that the stack installs: the Grafana operator", () => {
    const version = toolVersion("grafana-operator", join(import.meta.dirname, "../../.."));
    assert.equal(version, `v${versions.grafanaOperator}`);
  });
});
